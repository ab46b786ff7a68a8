using System.Text.Json;
using Cambio.Providers;
using Cambio.Server.Commands;
using Cambio.Tests.Catalog;

namespace Cambio.Tests.Server;

public sealed class ProvidersCommandTests
{
    private const int Columns = 120;

    private static readonly ProviderCatalog Catalog = new();

    private static readonly string[] Ids = [.. Catalog.Ids];

    public static TheoryData<string> All => [.. Ids];

    [Fact]
    public async Task The_table_has_every_id_and_fits_a_terminal()
    {
        CommandRun run = await CommandRun.Of("providers");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.StartsWith("ID ", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal(Ids, run.Lines[1..^2].Select(line => line.Split(' ')[0]));
        Assert.StartsWith($"{Ids.Length} providers.", run.Lines[^1], StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 0, Columns));
        Assert.DoesNotContain('\e', run.Output);
    }

    [Fact]
    public void A_long_row_gives_way_but_for_its_id()
    {
        string id = new('a', 40);
        string name = new('n', 90);
        ProviderFacts provider = ProvidersPageTests.Facts(id, $$"""{ "name": "{{name}}", "tokenEndpoint": "https://a.example/t", "variables": { "baseUrl": { "title": "x" } } }""");

        string[] lines = [.. ProvidersTable.Lines([provider])];

        Assert.All(lines, line => Assert.InRange(line.Length, 0, Columns));
        Assert.StartsWith($"{id}  nnn", lines[1], StringComparison.Ordinal);
        Assert.Contains("n~  code     -", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("BaseUrl*", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_id_it_prints_that_provider_alone()
    {
        CommandRun run = await CommandRun.Of("providers", Ids[0]);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Equal(ProviderSheet.Lines(Facts(Ids[0])), run.Lines);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_page_says_how_to_turn_the_provider_on(string id)
    {
        ProviderFacts facts = Facts(id);

        string[] lines = [.. ProviderSheet.Lines(facts)];

        Assert.Equal($"{facts.Name} ({id})", lines[0]);
        Assert.Contains($"  Cambio__Providers__{id}__ClientId=...", lines);
        Assert.Contains($"  Cambio:Providers:acme{id}:BasedOn={id}", lines);
        Assert.All(facts.Variables, variable => Assert.Contains($"Cambio:Providers:{id}:{variable.Setting}: {variable.Title}", lines));
        Assert.Equal("...", JsonIn(lines).GetProperty("Cambio").GetProperty("Providers").GetProperty(id).GetProperty("ClientId").GetString());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_a_page_says_to_set_is_all_that_the_start_asks_for(string id)
    {
        ProviderFacts facts = Facts(id);
        var options = new ProviderOptions { ClientId = "x", ClientSecret = facts.NeedsSecret ? "x" : null };
        foreach (VariableFacts variable in facts.Variables.Where(variable => variable.IsRequired))
        {
            options.Variables[variable.Setting] = variable.Example ?? "x";
        }

        IEnumerable<string> mistakes = new ProviderValidator(Folders.Words).Mistakes(new ProviderDraft(id, options, Catalog.Find(id)!.Definition!));

        Assert.DoesNotContain(mistakes, mistake => mistake.Contains(" is missing", StringComparison.Ordinal) || mistake.Contains(" is not a setting", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("documented", "asked to which application the token was issued; documented by the provider")]
    [InlineData("remembered", "asked to which application the token was issued; remembered from use elsewhere")]
    [InlineData("uncertain", "asked to which application the token was issued; uncertain, and off until Cambio:Providers:acme:Accepts=code access_token")]
    public void A_page_says_how_sure_a_proof_is(string confidence, string said) => Assert.Contains(
        ProviderSheet.Lines(ProvidersPageTests.Facts(
            "acme", $$"""{ "name": "A", "tokenEndpoint": "https://a.example/t", "accessTokenProof": { "kind": "request", "confidence": "{{confidence}}" } }""")),
        line => line.Contains(said, StringComparison.Ordinal));

    [Theory]
    [InlineData("scopes", "openid email")]
    [InlineData("redirect URI", "{Cambio:PublicUrl}/auth/acme/callback")]
    [InlineData("callback", "host: the front end sends what the provider adds to its callback along with the code")]
    [InlineData("icon", "acme")]
    [InlineData("agreement", "7 independent catalogues name the same addresses")]
    [InlineData("e-mail", "its verified flag may link accounts for addresses of a.example, the domain that the claim hd names")]
    [InlineData("proof", "none: bare access tokens are refused (no_audience_proof); send a code or an ID token")]
    public void A_page_says_what_the_definition_says(string label, string said) => Assert.Contains(
        $"  {label,-12}  {said}",
        ProviderSheet.Lines(ProvidersPageTests.Facts(
            "acme",
            """
            { "name": "A", "icon": "acme", "agreement": 7, "emailTrust": ["a.example", "claim:hd"], "authorization": { "scope": ["openid", "email"], "callback": "host" } }
            """)));

    [Theory]
    [InlineData("facebook", "  {Cambio:PublicUrl}/auth/facebook/signals/deletion  signed_request: delete")]
    [InlineData("keycloak", "  {Cambio:PublicUrl}/auth/keycloak/signals/backchannel  logout_token: end_sessions")]
    [InlineData("apple", "  {Cambio:PublicUrl}/auth/apple/signals/notifications  notification_token: revoke, delete, none")]
    public void A_page_says_which_addresses_signals_come_to(string id, string line) => Assert.Contains(line, ProviderSheet.Lines(Facts(id)));

    [Theory]
    [InlineData("gogle", "Did you mean google?")]
    [InlineData("Azure AD", "Did you mean microsoftentraid?")]
    [InlineData("nothinglikeit", "Nothing in the catalogue has the id nothinglikeit.")]
    public async Task An_unknown_id_is_refused_with_what_may_have_been_meant(string id, string said)
    {
        CommandRun run = await CommandRun.Of("providers", id);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_says_the_same()
    {
        JsonElement[] all = JsonSerializer.Deserialize<JsonElement[]>((await CommandRun.Of("providers", "--json")).Output)!;
        var one = JsonSerializer.Deserialize<JsonElement>((await CommandRun.Of("providers", Ids[0], "--json")).Output);

        Assert.Equal(Ids, all.Select(provider => provider.GetProperty("id").GetString()));
        Assert.True(JsonElement.DeepEquals(all[0], one));
    }

    private static ProviderFacts Facts(string id) => ProviderFacts.Of(id, Catalog.Find(id)!.Definition!);

    // The block of JSON, which is indented by two.
    private static JsonElement JsonIn(string[] lines) =>
        JsonSerializer.Deserialize<JsonElement>(string.Join('\n', lines[Array.IndexOf(lines, "  {")..(Array.IndexOf(lines, "  }") + 1)]));
}
