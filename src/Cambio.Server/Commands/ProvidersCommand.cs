using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Server.Commands;

/// <summary><c>providers [id]</c>: what the catalogue knows. Of all settings it reads the one that names a folder of your own.</summary>
internal static class ProvidersCommand
{
    public static int Run(string? id, bool json, TextWriter output, TextWriter error)
    {
        using ConfigurationManager settings = ServerBuilder.Create([]).Configuration;
        var entries = new ProviderCatalog(settings[ProviderCatalog.FolderKey]);
        CatalogFacts catalog = CatalogFacts.Of(entries);
        foreach (string mistake in catalog.Mistakes)
        {
            error.WriteLine(mistake);
        }

        if (id is null)
        {
            output.WriteLine(json ? JsonSerializer.Serialize(catalog.Providers, CommandsJson.Default.IReadOnlyListProviderFacts) : Table(catalog.Providers));
            return catalog.Mistakes.Count == 0 ? 0 : 1;
        }

        if (catalog.Find(id) is not { } provider)
        {
            // One that is there and cannot be read was told above.
            error.WriteLine(entries.Ids.Contains(id) ? $"{id} cannot be shown." : $"Nothing in the catalogue has the id {id}.{catalog.Hint(id)} Without an id, all are listed.");
            return 1;
        }

        output.WriteLine(json ? JsonSerializer.Serialize(provider, CommandsJson.Default.ProviderFacts) : Join(ProviderSheet.Lines(provider)));
        return 0;
    }

    private static string Table(IReadOnlyList<ProviderFacts> providers) =>
        Join([.. ProvidersTable.Lines(providers), "", $"{providers.Count} providers. A star: has to be set. (off): until a setting is set. More, and which one: providers {{id}}"]);

    private static string Join(IEnumerable<string> lines) => string.Join(Environment.NewLine, lines);
}
