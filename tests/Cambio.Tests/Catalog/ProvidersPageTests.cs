using System.Text;
using Cambio.Providers;
using Cambio.Server.Commands;
using Cambio.Tests.House;

namespace Cambio.Tests.Catalog;

/// <summary><c>docs/providers.md</c> is the catalogue and nothing else.</summary>
public sealed class ProvidersPageTests
{
    private const string File = "docs/providers.md";

    private static readonly string Page = ProvidersPage.Write(
        [.. Folders.Ids.Select(id => (id, Folders.Definition(id).Definition)).Where(entry => entry.Definition is not null)
            .Select(entry => ProviderFacts.Of(entry.id, entry.Definition!))]);

    [Fact]
    public void The_page_is_what_the_catalogue_says()
    {
        if (Environment.GetEnvironmentVariable("CAMBIO_APPROVE") == "1")
        {
            System.IO.File.WriteAllText(Repository.PathOf(File), Page);
        }

        bool isSame = System.IO.File.Exists(Repository.PathOf(File)) && Repository.Read(File) == Page;
        Assert.True(isSame, $"{File} is not what catalog/ says. CAMBIO_APPROVE=1 ./test --quick writes it anew.");
    }

    [Fact]
    public void Counts_every_folder_in_its_first_paragraph()
    {
        Assert.StartsWith($"# Providers\n\nCambio knows {Folders.Ids.Count} providers", Page, StringComparison.Ordinal);
        Assert.All(Folders.Ids, id => Assert.Contains($"\n| `{id}` | ", Page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"name":"A|B [c]","docs":"https://a.example/x"}""", @"| `acme` | [A\|B \[c\]](<https://a.example/x>) | none | none | none | none | none | - |")]
    [InlineData("""{"name":"A","deprecated":"Use B.","agreement":7}""", "| `acme` | A (deprecated: Use B.) | none | none | none | none | none | 7 |")]
    [InlineData("""{"name":"A","emailTrust":["a.example","claim:hd"]}""", "| `acme` | A | none | none | `a.example`, `claim:hd` | none | none | - |")]
    [InlineData("""{"name":"A","emailTrust":"never","quirk":"appsecret_proof"}""", "| `acme` | A | none | none | none | none | `appsecret_proof` | - |")]
    [InlineData("""{"name":"A","variables":{"baseUrl":{"title":"x"},"tenant":{"title":"x","default":"y"}}}""", @"| `acme` | A | none | none | none | `BaseUrl`\*, `Tenant` | none | - |")]
    [InlineData(
        """{"name":"A","tokenEndpoint":"https://a.example/t","accessTokenProof":{"kind":"introspection","confidence":"remembered"}}""",
        "| `acme` | A | `code`, `access_token` | introspection, remembered | none | none | none | - |")]
    [InlineData(
        """{"name":"A","tokenEndpoint":"https://a.example/t","accessTokenProof":{"kind":"jwt","confidence":"uncertain"}}""",
        "| `acme` | A | `code` | jwt, uncertain: off until `Accepts` is set | none | none | none | - |")]
    public void A_row_says_what_the_definition_says(string definition, string row) =>
        Assert.Contains($"\n{row}\n", ProvidersPage.Write([Facts("acme", definition)]), StringComparison.Ordinal);

    [Fact]
    public void Shelves_and_ids_stand_in_order()
    {
        string page = ProvidersPage.Write(
            [Facts("zeta", """{"name":"Z","category":"work"}"""), Facts("beta", """{"name":"B","category":"social"}"""), Facts("alpha", """{"name":"A","category":"work"}"""), Facts("none", """{"name":"N"}""")]);
        string[] lines = [.. page.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal) || line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];

        Assert.Equal(["Other", "`none`", "Social", "`beta`", "Work", "`alpha`", "`zeta`"], lines);
    }

    internal static ProviderFacts Facts(string id, string definition) =>
        ProviderFacts.Of(id, ProviderDefinitionReader.Read(Encoding.UTF8.GetBytes(definition), "test").Definition!);
}
