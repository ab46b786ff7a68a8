using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Testing;

/// <summary>Lets a simulator play the catalogue.</summary>
internal static class SimulatorCatalog
{
    private const string Ending = ".case.json";

    // Read once for all fakes of a process: what is embedded does not change.
    private static readonly Lazy<ProviderCatalog> Embedded = new(() => new ProviderCatalog());

    /// <summary>Plays every entry of the embedded catalogue.</summary>
    public static void AddCatalog(this ProviderSimulator simulator)
    {
        foreach (string id in Embedded.Value.Ids)
        {
            simulator.Add(id, Embedded.Value.Find(id)!.Definition!, Embedded.Value.Cases(id));
        }
    }

    /// <summary>The cases of an entry, by the names of their files without <c>.case.json</c>.</summary>
    /// <exception cref="JsonException">A case has a mistake.</exception>
    public static IReadOnlyDictionary<string, CatalogCase> Cases(this ProviderCatalog catalog, string id) =>
        catalog.ReadCases(id).ToDictionary(file => file.Key[..^Ending.Length], file => Read(id, file.Key, file.Value), StringComparer.Ordinal);

    private static CatalogCase Read(string id, string file, byte[] json)
    {
        try
        {
            return CaseJson.Read(json);
        }
        catch (JsonException e)
        {
            throw new JsonException($"catalog/{id}/{file}: {e.Message}", e);
        }
    }
}
