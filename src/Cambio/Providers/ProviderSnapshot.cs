using System.Collections.Frozen;

namespace Cambio.Providers;

/// <summary>The enabled providers at one moment.</summary>
internal sealed class ProviderSnapshot(IReadOnlyCollection<Provider> providers)
{
    // One for all: who asks for what is not there must cost nothing.
    private static readonly ExchangeError Unknown = ExchangeError.UnknownProvider();

    private readonly FrozenDictionary<string, Provider> byId = providers.ToFrozenDictionary(provider => provider.Id, StringComparer.Ordinal);

    public IReadOnlyList<Provider> All { get; } = [.. providers.OrderBy(provider => provider.Id, StringComparer.Ordinal)];

    public Result<Provider> Find(string id) => byId.TryGetValue(id, out Provider? provider) ? provider : Unknown;
}
