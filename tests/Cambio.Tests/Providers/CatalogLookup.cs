using System.Reflection;
using System.Text;
using Cambio.Providers;
using Cambio.Tests.House;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.Providers;

public sealed class CatalogLookup : IDisposable
{
    private readonly CatalogFolder own = new();

    public void Dispose() => own.Dispose();

    [Fact]
    public void Entries_are_embedded_one_folder_each()
    {
        var catalog = new ProviderCatalog(embedded: new Embedded(
            ("catalog/acme/provider.json", """{"name":"Acme"}"""), ("catalog/zeta/provider.json", """{"name":"Zeta"}"""), ("other/text.json", "")));

        Assert.Equal(["acme", "zeta"], catalog.Ids);
        Assert.Equal("Acme", catalog.Find("acme")!.Definition!.Name);
        Assert.Equal("catalog/acme/provider.json", catalog.Find("acme")!.Origin);
        Assert.Null(catalog.Find("nobody"));
    }

    [Fact]
    public void The_library_embeds_what_the_repository_holds() =>
        Assert.All(
            typeof(ProviderCatalog).Assembly.GetManifestResourceNames(),
            name => Assert.Matches("^catalog/[a-z0-9]+/(provider|[a-z0-9-]+\\.case)\\.json$", name));

    [Fact]
    public void An_entry_is_read_when_it_is_asked_for_and_once()
    {
        var assembly = new Embedded(("catalog/acme/provider.json", """{"name":"Acme"}"""));
        var catalog = new ProviderCatalog(embedded: assembly);
        Assert.Equal(0, assembly.Reads);

        Assert.Same(catalog.Find("acme"), catalog.Find("acme"));
        Assert.Equal(1, assembly.Reads);
    }

    [Fact]
    public void A_start_reads_the_entries_that_are_turned_on_and_no_others()
    {
        string[] all = ["a", "b", "c", "d", "e", "f", "g", "h"];
        var assembly = new Embedded([.. all.Select(id => ($"catalog/{id}/provider.json", $$"""{"name":"{{id}}","issuer":"https://{{id}}.example"}"""))]);
        string settings = string.Join('\n', all.Take(5).Select(id => $"{id}:ClientId=us\n{id}:ClientSecret=s"));
        using var registry = new ProviderRegistry(
            Setup.Configuration(settings), new ProviderCatalog(embedded: assembly), Setup.Words, Options.Create(new CambioOptions()), NullLogger<ProviderRegistry>.Instance, null);

        Assert.Empty(registry.Mistakes);
        Assert.Equal(all.Take(5), registry.All.Select(provider => provider.Id));
        Assert.Equal(5, assembly.Reads);
    }

    [Fact]
    public void What_is_embedded_is_what_the_checkout_holds()
    {
        Assembly library = typeof(ProviderCatalog).Assembly;
        string[] embedded = [.. library.GetManifestResourceNames().Order(StringComparer.Ordinal)];

        Assert.Equal(Repository.FilesIn("catalog", ".json").Where(file => file.Count(c => c == '/') == 2), embedded);
        Assert.All(embedded, name =>
        {
            using Stream stream = library.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            Assert.Equal(Repository.Read(name), reader.ReadToEnd().ReplaceLineEndings("\n"));
        });
    }

    [Fact]
    public void The_own_folder_goes_before_the_embedded_entries()
    {
        own.Add("acme", """{"name":"Our Acme"}""").Add("mine", """{"name":"Mine"}""");
        var catalog = new ProviderCatalog(own.Path, new Embedded(("catalog/acme/provider.json", """{"name":"Acme"}"""), ("catalog/zeta/provider.json", """{"name":"Zeta"}""")));

        Assert.Equal(["acme", "mine", "zeta"], catalog.Ids);
        Assert.Equal(["Our Acme", "Mine", "Zeta"], catalog.Ids.Select(id => catalog.Find(id)!.Definition!.Name));
    }

    [Fact]
    public void Cases_stand_beside_the_definition_that_is_in_force()
    {
        own.Add("acme", """{"name":"Our Acme"}""").Add("acme", "{}", "own.case.json");
        var embedded = new Embedded(
            ("catalog/acme/provider.json", """{"name":"Acme"}"""), ("catalog/acme/default.case.json", "[1]"),
            ("catalog/zeta/provider.json", """{"name":"Zeta"}"""), ("catalog/zeta/default.case.json", "[2]"));
        var catalog = new ProviderCatalog(own.Path, embedded);

        Assert.Equal(["own.case.json"], catalog.ReadCases("acme").Keys);
        Assert.Equal("[2]", Encoding.UTF8.GetString(catalog.ReadCases("zeta")["default.case.json"]));
        Assert.Empty(catalog.ReadCases("nobody"));
    }

    [Theory]
    [InlineData("../acme")]
    [InlineData("/etc")]
    [InlineData("ACME")]
    [InlineData("")]
    public void An_id_is_no_path(string id)
    {
        own.Add("acme", """{"name":"Our Acme"}""");
        var catalog = new ProviderCatalog(Path.Combine(own.Path, "acme"));
        Assert.Null(catalog.Find(id));
        Assert.Empty(catalog.ReadCases(id));
    }

    [Fact]
    public void A_mistake_in_the_own_folder_names_the_file()
    {
        own.Add("acme", """{"nmae":"Acme"}""");
        CatalogEntry entry = new ProviderCatalog(own.Path).Find("acme")!;
        Assert.Null(entry.Definition);
        Assert.Equal($"{Path.Combine(own.Path, "acme", "provider.json")}: nmae is not a key. Did you mean name?", entry.Mistakes[0]);
    }

    [Fact]
    public void A_folder_that_is_not_there_or_holds_what_is_no_id_is_a_mistake()
    {
        Assert.StartsWith("Cambio:Catalog is not a folder", Assert.Single(new ProviderCatalog(Path.Combine(own.Path, "none")).Mistakes), StringComparison.Ordinal);
        own.Add("My-Idp", """{"name":"Mine"}""");
        Assert.Contains("My-Idp is not an id", Assert.Single(new ProviderCatalog(own.Path).Mistakes), StringComparison.Ordinal);
    }

    /// <summary>An assembly with these resources.</summary>
    private sealed class Embedded(params (string Name, string Text)[] files) : Assembly
    {
        public int Reads { get; private set; }

        public override string[] GetManifestResourceNames() => [.. files.Select(file => file.Name)];

        public override Stream GetManifestResourceStream(string name)
        {
            Reads++;
            return new MemoryStream(Encoding.UTF8.GetBytes(files.Single(file => file.Name == name).Text));
        }
    }
}
