using Cambio.Providers;

namespace Cambio.Server.Commands;

/// <summary>The whole catalogue as facts, and what of it cannot be read.</summary>
internal sealed record CatalogFacts(IReadOnlyList<ProviderFacts> Providers, IReadOnlyList<string> Mistakes)
{
    public static CatalogFacts Of(ProviderCatalog catalog)
    {
        CatalogEntry[] entries = [.. catalog.Ids.Select(catalog.Find).OfType<CatalogEntry>()];
        return new CatalogFacts(
            [.. entries.Where(entry => entry.Definition is not null).Select(entry => ProviderFacts.Of(entry.Id, entry.Definition!))],
            [.. catalog.Mistakes, .. entries.SelectMany(entry => entry.Mistakes)]);
    }

    public ProviderFacts? Find(string id) => Providers.FirstOrDefault(provider => provider.Id == id);

    /// <summary>A sentence with the ids that somebody may have meant, with a space before it; empty when none is near.</summary>
    public string Hint(string word) => Providers.FirstOrDefault(provider => provider.IsCalled(word)) is { } called
        ? $" Did you mean {called.Id}?"
        : Nearest.Hint(word, Providers.Select(provider => provider.Id));
}
