namespace Cambio.Tests.Providers;

/// <summary>A folder laid out like <c>catalog/</c> that lives as long as the test.</summary>
public sealed class CatalogFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cambio-catalog-").FullName;

    public CatalogFolder Add(string id, string json, string file = "provider.json")
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, id));
        File.WriteAllText(System.IO.Path.Combine(Path, id, file), json);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
