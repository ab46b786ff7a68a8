using System.Collections.Frozen;
using Cambio.Providers;

namespace Cambio.Quirks;

/// <summary>Every quirk there is, by name.</summary>
internal sealed class QuirkRegistry
{
    private readonly FrozenDictionary<string, IQuirk> quirks =
        new IQuirk[] { new AppSecretProof(), new Es256ClientSecret(), new Md5Signature(), new RsaSha256Signature() }
            .ToFrozenDictionary(quirk => quirk.Name, StringComparer.Ordinal);

    /// <summary>The names that a definition may use.</summary>
    public IEnumerable<string> Names => quirks.Keys.Order(StringComparer.Ordinal);

    /// <summary>The quirk of that name; null for none.</summary>
    public IQuirk? Find(string? name) => name is null ? null : quirks.GetValueOrDefault(name);

    /// <summary>What definitions are checked by.</summary>
    /// <param name="transforms">The names of the transforms.</param>
    public ProviderWords Words(IReadOnlyCollection<string> transforms) => new([.. Names], transforms)
    {
        BindingQuirks = [.. quirks.Values.Where(quirk => quirk.BindsToken).Select(quirk => quirk.Name)],
        QuirkVariables = quirks.ToFrozenDictionary(quirk => quirk.Key, quirk => quirk.Value.Variables),
    };
}
