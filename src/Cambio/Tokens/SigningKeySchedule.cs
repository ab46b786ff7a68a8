using Cambio.Storage;

namespace Cambio.Tokens;

/// <summary>The life of the keys: when they are made, sign, leave the published set and are deleted. Pure, so that every rule is a line of a table.</summary>
internal sealed class SigningKeySchedule
{
    /// <summary>The newest key's age at which the next one is made.</summary>
    public static readonly TimeSpan RotateAfter = TimeSpan.FromDays(90);

    /// <summary>How long a new key is published before it signs, so that whoever caches the key set has it by then.</summary>
    public static readonly TimeSpan AnnounceFor = TimeSpan.FromHours(1);

    /// <summary>How long a replaced key stays published: the longest lifetime that settings allow a token, and an hour for clocks.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(1) + TimeSpan.FromHours(1);

    /// <summary>How long after that a key is deleted, so that no instance whose clock is behind misses it.</summary>
    public static readonly TimeSpan DeleteAfter = TimeSpan.FromHours(1);

    private readonly ProtectedSigningKey[] keys;
    private readonly ProtectedSigningKey[] turns;

    /// <param name="keys">The keys, those that were retired early included.</param>
    public SigningKeySchedule(IEnumerable<ProtectedSigningKey> keys)
    {
        this.keys = [.. keys.OrderBy(static key => key.Sequence)];

        // A key that was retired before its time came has never replaced another.
        turns = [.. this.keys.Where(static key => key.RetiredAt is not { } at || at >= key.ActiveFrom)];
    }

    /// <summary>In order of sequence.</summary>
    public IReadOnlyList<ProtectedSigningKey> Keys => keys;

    /// <summary>
    /// The key that signs now: the latest active one. If that was retired early, the next one at once, announced or not, and never an older
    /// one, which was replaced. Null when there is none: a new key is due, which signs at once.
    /// </summary>
    public ProtectedSigningKey? Signing(DateTimeOffset now)
    {
        // None is active on a clock that is far behind the maker's; the first one signs then.
        int latest = Array.FindLastIndex(turns, key => key.ActiveFrom <= now);
        return Array.Find(turns[Math.Max(latest, 0)..], static key => key.RetiredAt is null);
    }

    /// <summary>Whether the next key is due, because there is none, by age, or because the newest is of another algorithm than the setting.</summary>
    /// <param name="algorithm">The setting.</param>
    /// <param name="seen">
    /// The highest sequence that this instance found when it started. A later key of another algorithm comes of an instance that was
    /// started later, and the latest one decides: two instances that are set differently would replace each other's keys for ever.
    /// </param>
    /// <param name="now">The time, UTC.</param>
    public bool NeedsKey(SigningAlgorithm algorithm, int seen, DateTimeOffset now) =>
        Signing(now) is null
        || (Array.FindLast(keys, static key => key.RetiredAt is null) is { } newest
            && (newest.CreatedAt + RotateAfter <= now
                || (newest.Algorithm != algorithm.ToString() && newest.Sequence <= seen && newest.ActiveFrom <= now)));

    /// <summary>From when a key made now may sign: at once when no other does.</summary>
    public DateTimeOffset ActiveFrom(DateTimeOffset now) => Signing(now) is null ? now : now + AnnounceFor;

    /// <summary>The keys to publish, which are those that verify: all but the retired ones and those that were replaced longer ago than any of their tokens lives.</summary>
    public IEnumerable<ProtectedSigningKey> Published(DateTimeOffset now) => keys.Where(key => !(PublishedUntil(key) <= now));

    /// <summary>When the key leaves the published set; null while nothing replaces it.</summary>
    public DateTimeOffset? PublishedUntil(ProtectedSigningKey key) =>
        key.RetiredAt ?? Array.Find(turns, other => other.Sequence > key.Sequence)?.ActiveFrom + KeepFor;

    /// <summary>The keys to delete: another has signed for so long that nobody can miss them. Never the newest.</summary>
    public IEnumerable<ProtectedSigningKey> Spent(DateTimeOffset now) => keys.Where(key =>
        Array.Exists(keys, other => other.Sequence > key.Sequence && other.RetiredAt is null && other.ActiveFrom + KeepFor + DeleteAfter <= now));

    /// <summary>Where the key stands.</summary>
    public SigningKeyState StateOf(ProtectedSigningKey key, DateTimeOffset now) =>
        PublishedUntil(key) <= now ? SigningKeyState.Retired
        : Signing(now) is not { } signing || key.Sequence < signing.Sequence ? SigningKeyState.Retiring
        : key.Sequence == signing.Sequence ? SigningKeyState.Signing
        : SigningKeyState.Announced;
}
