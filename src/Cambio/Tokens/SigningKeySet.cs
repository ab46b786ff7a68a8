using System.Collections.Frozen;

namespace Cambio.Tokens;

/// <summary>The keys as they were last listed. Never empty.</summary>
internal sealed class SigningKeySet
{
    private readonly SigningKey[] keys;
    private readonly FrozenDictionary<string, SigningKey> byId;

    /// <param name="keys">The usable keys in order of sequence.</param>
    public SigningKeySet(IEnumerable<SigningKey> keys)
    {
        this.keys = [.. keys];
        byId = this.keys.ToFrozenDictionary(static key => key.Id, StringComparer.Ordinal);
    }

    /// <summary>The key with this id, whether it still verifies or not.</summary>
    public SigningKey? Held(string id) => byId.GetValueOrDefault(id);

    /// <summary>The key with this id among those that still verify: the published ones.</summary>
    public SigningKey? Find(string id, DateTimeOffset now) => Held(id) is { } key && Published(now).Contains(key) ? key : null;

    public SigningKey Signing(DateTimeOffset now) => SigningKeySchedule.Signing(keys, now);

    public IEnumerable<SigningKey> Published(DateTimeOffset now) => SigningKeySchedule.Published(keys, now);
}
