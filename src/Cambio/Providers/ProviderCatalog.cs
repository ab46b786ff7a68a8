using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;

namespace Cambio.Providers;

/// <summary>
/// The definitions that are there without settings: those of the application's own folder, then the embedded ones. Each is read when it is
/// first asked for, and once.
/// </summary>
internal sealed class ProviderCatalog
{
    /// <summary>The setting that names the application's own folder.</summary>
    public const string FolderKey = "Cambio:Catalog";

    private const string Root = "catalog/";
    private const string DefinitionFile = "provider.json";
    private const string CaseEnding = ".case.json";

    private readonly Assembly embedded;
    private readonly string? folder;
    private readonly FrozenDictionary<string, string[]> embeddedFiles;
    private readonly ConcurrentDictionary<string, Lazy<CatalogEntry?>> entries = new(StringComparer.Ordinal);

    /// <param name="folder">The application's own folder, laid out like the catalogue; null for none.</param>
    /// <param name="embedded">Where the catalogue is embedded; null for this library.</param>
    public ProviderCatalog(string? folder = null, Assembly? embedded = null)
    {
        this.folder = folder;
        this.embedded = embedded ?? typeof(ProviderCatalog).Assembly;
        embeddedFiles = this.embedded.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .Select(name => name[Root.Length..].Split('/'))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0], parts => parts[1])
            .ToFrozenDictionary(files => files.Key, files => files.ToArray(), StringComparer.Ordinal);
        string[] own = Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, DefinitionFile))).Select(d => Path.GetFileName(d)!)]
            : [];
        Ids = [.. embeddedFiles.Keys.Concat(own).Where(ProviderId.IsValid).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Mistakes = folder is null || Directory.Exists(folder)
            ? [.. own.Where(id => !ProviderId.IsValid(id)).Select(id => $"{FolderKey}: {Path.Combine(folder!, id)} {ProviderId.Mistake(id)}")]
            : [$"{FolderKey} is not a folder that can be read; name one that is laid out like catalog/, a folder for each provider."];
    }

    /// <summary>Every id that can be found, in order.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>What is wrong with the folder itself, in sentences.</summary>
    public IReadOnlyList<string> Mistakes { get; }

    /// <summary>The entry, or null when there is none of this id.</summary>
    public CatalogEntry? Find(string id) =>
        ProviderId.IsValid(id) ? entries.GetOrAdd(id, key => new Lazy<CatalogEntry?>(() => Read(key))).Value : null;

    /// <summary>The recorded answers of a provider, by the name of their file.</summary>
    public IReadOnlyDictionary<string, byte[]> ReadCases(string id)
    {
        if (!ProviderId.IsValid(id))
        {
            return Nothing<byte[]>.Map;
        }

        return IsOwn(id)
            ? Directory.EnumerateFiles(Path.Combine(folder!, id), "*" + CaseEnding).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllBytes)
            : embeddedFiles.GetValueOrDefault(id, []).Where(name => name.EndsWith(CaseEnding, StringComparison.Ordinal))
                .ToDictionary(name => name, name => ReadEmbedded(id, name));
    }

    private CatalogEntry? Read(string id)
    {
        if (IsOwn(id))
        {
            return ReadOwn(id, Path.Combine(folder!, id, DefinitionFile));
        }

        return embeddedFiles.GetValueOrDefault(id, []).Contains(DefinitionFile)
            ? CatalogEntry.Of(id, $"{Root}{id}/{DefinitionFile}", ReadEmbedded(id, DefinitionFile))
            : null;
    }

    private static CatalogEntry ReadOwn(string id, string file)
    {
        try
        {
            return CatalogEntry.Of(id, file, File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new CatalogEntry(id, file, [], null, [$"{file} cannot be read; let the application read it."]);
        }
    }

    private bool IsOwn(string id) => folder is not null && File.Exists(Path.Combine(folder, id, DefinitionFile));

    private byte[] ReadEmbedded(string id, string name)
    {
        using Stream stream = embedded.GetManifestResourceStream($"{Root}{id}/{name}")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>One entry of the catalogue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Origin">The file that it stands in.</param>
/// <param name="Json">The file's text.</param>
/// <param name="Definition">What the text says; null when it has mistakes.</param>
/// <param name="Mistakes">What is wrong with the text, in sentences.</param>
internal sealed record CatalogEntry(string Id, string Origin, byte[] Json, ProviderDefinition? Definition, IReadOnlyList<string> Mistakes)
{
    public static CatalogEntry Of(string id, string origin, byte[] json)
    {
        DefinitionReading reading = ProviderDefinitionReader.Read(json, origin);
        return new CatalogEntry(id, origin, json, reading.Definition, reading.Mistakes);
    }
}
