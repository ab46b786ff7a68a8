using Cambio.Providers;
using Cambio.Quirks;
using Cambio.Testing;
using Cambio.Tests.House;

namespace Cambio.Tests.Catalog;

/// <summary>The folders of <c>catalog/</c> as they stand in the checkout.</summary>
internal static class Folders
{
    private const string Root = "catalog/";
    private const string CaseEnding = ".case.json";

    public static ProviderWords Words { get; } = new QuirkRegistry().Words(Cambio.Identities.Transforms.Names);

    public static IReadOnlyList<string> Ids { get; } =
        [.. Repository.FilesIn("catalog", "").Select(file => file.Split('/')).Where(path => path.Length > 2).Select(path => path[1]).Distinct()];

    public static IReadOnlyList<string> CaseFiles { get; } = [.. Repository.FilesIn("catalog", CaseEnding).Select(file => file[Root.Length..])];

    public static DefinitionReading Definition(string id)
    {
        string file = $"{Root}{id}/provider.json";
        return ProviderDefinitionReader.Read(File.ReadAllBytes(Repository.PathOf(file)), file);
    }

    public static CatalogCase Case(string file) => CaseJson.Read(File.ReadAllBytes(Repository.PathOf(Root + file)));

    /// <summary>All cases of a folder, by name.</summary>
    public static IReadOnlyDictionary<string, CatalogCase> Cases(string id) =>
        CaseFiles.Where(file => Place(file).Id == id).ToDictionary(file => Place(file).Name, Case, StringComparer.Ordinal);

    public static string Text(string file) => Repository.Read(Root + file);

    /// <summary>The id of the folder that a case stands in, and the case's name.</summary>
    public static (string Id, string Name) Place(string file) => (file.Split('/')[0], file.Split('/')[1][..^CaseEnding.Length]);
}
