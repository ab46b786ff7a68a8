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

    public SigningKey? Find(string id) => byId.GetValueOrDefault(id);

    public SigningKey Signing(DateTimeOffset now) => SigningKeySchedule.Signing(keys, now);

    public IEnumerable<SigningKey> Published(DateTimeOffset now) => SigningKeySchedule.Published(keys, now);
}
