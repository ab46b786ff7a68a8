namespace Cambio.Tokens;

/// <summary>When keys are made, sign and leave the published set. Pure, so that every rule is a line of a table.</summary>
internal static class SigningKeySchedule
{
    /// <summary>The newest key's age at which the next one is made.</summary>
    public static readonly TimeSpan RotateAfter = TimeSpan.FromDays(90);

    /// <summary>How long a new key is published before it signs, so that whoever caches the key set has it by then.</summary>
    public static readonly TimeSpan AnnounceFor = TimeSpan.FromHours(1);

    /// <summary>How long a replaced key stays published: the longest lifetime that settings allow a token, and an hour for clocks.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(1) + TimeSpan.FromHours(1);

    /// <summary>Whether the next key is due.</summary>
    /// <param name="keys">The usable keys in order of sequence.</param>
    /// <param name="now">The time, UTC.</param>
    public static bool NeedsKey(IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        keys.Count == 0 || keys[^1].CreatedAt + RotateAfter <= now;

    /// <summary>From when a key made now may sign: at once when there is no other.</summary>
    public static DateTimeOffset ActiveFrom(IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        keys.Count == 0 ? now : now + AnnounceFor;

    /// <summary>The key that signs now: the latest active one, or the first when clocks differ so much that none is active yet.</summary>
    public static SigningKey Signing(IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        for (int i = keys.Count - 1; i > 0; i--)
        {
            if (keys[i].ActiveFrom <= now)
            {
                return keys[i];
            }
        }

        return keys[0];
    }

    /// <summary>The keys to publish: all but those that were replaced longer ago than any of their tokens lives.</summary>
    public static IEnumerable<SigningKey> Published(IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        keys.Where((_, i) => i == keys.Count - 1 || keys[i + 1].ActiveFrom + KeepFor > now);
}
