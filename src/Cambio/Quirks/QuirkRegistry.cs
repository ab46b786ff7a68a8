using System.Collections.Frozen;

namespace Cambio.Quirks;

/// <summary>Every quirk there is, by name.</summary>
internal sealed class QuirkRegistry
{
    private readonly FrozenDictionary<string, IQuirk> quirks =
        new IQuirk[] { new AppSecretProof(), new Es256ClientSecret() }.ToFrozenDictionary(quirk => quirk.Name, StringComparer.Ordinal);

    /// <summary>The names that a definition may use.</summary>
    public IEnumerable<string> Names => quirks.Keys.Order(StringComparer.Ordinal);

    /// <summary>The quirk of that name; null for none.</summary>
    public IQuirk? Find(string? name) => name is null ? null : quirks.GetValueOrDefault(name);
}
