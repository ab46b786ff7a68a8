using System.Text;
using Cambio.Providers;
using Cambio.Testing;

namespace Cambio.Tests.Testing;

/// <summary>Providers that a test describes itself.</summary>
public sealed class PrivateFakes
{
    private const string Case = """
        {
          "source": "invented",
          "answers": {
            "token": { "access_token": "{access_token}", "token_type": "bearer", "id_token": "{id_token}" },
            "id_token": { "sub": "4711" },
            "profile": { "sub": "4711", "at": "{now}", "in": "{now-60}", "until": "{now+60 | date}", "both": "{now} {client_id}" },
            "proof": { "active": true, "client_id": "{client_id}" }
          },
          "identity": { "sub": "4711" }
        }
        """;

    private readonly ProviderSimulator simulator = new(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(2_000_000_000)));

    [Fact]
    public async Task An_issuer_alone_has_every_endpoint_below_it()
    {
        FakeProvider corp = Add("""{ "name": "Corp", "issuer": "https://id.corp.example/", "idToken": {}, "accessTokenProof": { "kind": "introspection" } }""");
        MintedCredentials minted = corp.Mint("ada");
        Reply metadata = await simulator.Get("https://id.corp.example/.well-known/openid-configuration");

        Assert.Equal("https://id.corp.example/", metadata["issuer"]);
        Assert.Equal(200, (await simulator.Post(metadata["token_endpoint"]!, minted.Redemption(corp))).Status);
        Assert.Equal(200, (await simulator.Get(metadata["userinfo_endpoint"]!, minted.AccessToken)).Status);
        Assert.Equal(200, (await simulator.Get(metadata["jwks_uri"]!)).Status);
        Assert.Equal("true", (await IntrospectAsync(minted.AccessToken!))["active"]);
        Assert.Equal("false", (await IntrospectAsync("guess"))["active"]);

        Task<Reply> IntrospectAsync(string token) => simulator.Post(
            metadata["introspection_endpoint"]!, ("token", token), ("client_id", corp.ClientId), ("client_secret", corp.ClientSecret));
    }

    [Fact]
    public async Task Introspection_asks_who_asks()
    {
        FakeProvider corp = Add("""{ "name": "Corp", "issuer": "https://id.corp.example", "accessTokenProof": { "kind": "introspection" } }""");

        Assert.Equal(401, (await simulator.Post("https://id.corp.example/introspect", ("token", corp.Mint("ada").AccessToken))).Status);
    }

    [Fact]
    public async Task A_client_can_show_itself_in_a_header()
    {
        FakeProvider corp = Add("""
            { "name": "Corp", "tokenEndpoint": "https://corp.example/token", "token": { "auth": "client_secret_basic", "rename": { "code": "ticket" }, "parameters": { "v": "2" } } }
            """);
        MintedCredentials minted = corp.Mint(new MintOptions { User = "ada", Pkce = false });
        string form = $"grant_type=authorization_code&redirect_uri={Uri.EscapeDataString(minted.RedirectUri!)}&ticket={minted.Code}";

        Assert.Equal(401, (await RedeemAsync(null, form + "&v=2")).Status);
        Assert.Equal(401, (await RedeemAsync(Ask.Basic(corp.ClientId, "guess"), form + "&v=2")).Status);
        Assert.Equal(400, (await RedeemAsync(Ask.Basic(corp.ClientId, corp.ClientSecret), form)).Status);
        Assert.Equal(200, (await RedeemAsync(Ask.Basic(corp.ClientId, corp.ClientSecret), form + "&v=2")).Status);

        Task<Reply> RedeemAsync(string? authorization, string body) => simulator.Send("POST", "https://corp.example/token", authorization, body);
    }

    [Fact]
    public async Task A_token_stands_where_the_definition_says()
    {
        FakeProvider corp = Add("""
            {
              "name": "Corp", "tokenEndpoint": "https://corp.example/token",
              "userinfo": { "profile": {
                "url": "https://corp.example/users/{client_id}?v=3", "method": "post", "auth": "none",
                "headers": { "authorization": "OAuth {access_token}" }, "json": { "query": "{ me }", "client": ["{client_id}"] } } }
            }
            """);
        string token = corp.Mint("ada").AccessToken!;
        string good = $$"""{"query":"{ me }","client":["{{corp.ClientId}}"]}""";

        Assert.Equal(200, (await ReadAsync($"{corp.ClientId}?v=3", $"OAuth {token}", good)).Status);
        Assert.Equal(400, (await ReadAsync($"{corp.ClientId}?v=2", $"OAuth {token}", good)).Status);
        Assert.Equal(400, (await ReadAsync($"{corp.ClientId}?v=3", $"OAuth {token}", "{}")).Status);
        Assert.Equal(400, (await ReadAsync("another?v=3", $"OAuth {token}", good)).Status);
        Assert.Equal(401, (await ReadAsync($"{corp.ClientId}?v=3", "OAuth guess", good)).Status);

        Task<Reply> ReadAsync(string path, string authorization, string body) =>
            simulator.Send("POST", $"https://corp.example/users/{path}", authorization, body, "application/json");
    }

    [Fact]
    public async Task Times_become_numbers_where_nothing_else_is_meant()
    {
        FakeProvider corp = Add("""{ "name": "Corp", "issuer": "https://id.corp.example" }""");
        Reply reply = await simulator.Get("https://id.corp.example/userinfo", corp.Mint(new MintOptions()).AccessToken);

        Assert.Equal(
            """{"sub":"4711","at":2000000000,"in":1999999940,"until":"2033-05-18T03:34:20.000000\u002B00:00","both":"2000000000 corp-client"}""",
            reply.Body.ToJsonString());
    }

    [Fact]
    public async Task Two_providers_at_one_address_are_told_apart_by_their_tokens()
    {
        FakeProvider corp = Add("""{ "name": "Corp", "issuer": "https://id.corp.example" }""");
        FakeProvider twin = Add("""{ "name": "Twin", "issuer": "https://id.corp.example" }""", "twin");

        await simulator.Get("https://id.corp.example/userinfo", twin.Mint("ada").AccessToken);
        await simulator.Get("https://id.corp.example/userinfo", corp.Mint("ada").AccessToken);
        await simulator.Post("https://id.corp.example/token", twin.Mint("ada").Redemption(twin));

        Assert.Equal(["twin", "corp", "twin"], simulator.Calls.Select(call => call.Provider));
        Assert.All(simulator.Calls, call => Assert.Equal(200, call.Status));
    }

    [Fact]
    public async Task Variables_move_a_provider()
    {
        FakeProvider corp = Add("""
            { "name": "Corp", "variables": { "host": { "title": "Host", "default": "corp.example" } }, "issuer": "https://{host}" }
            """);
        string token = corp.Mint("ada").AccessToken!;
        Assert.Equal(200, (await simulator.Get("https://corp.example/userinfo", token)).Status);
        corp.Register("own", "secret", new Dictionary<string, string> { ["host"] = "id.example:8443" });
        Assert.Equal(404, (await simulator.Get("https://corp.example/userinfo", token)).Status);
        Assert.Equal(200, (await simulator.Get("https://id.example:8443/userinfo", token)).Status);
    }

    [Fact]
    public void Who_has_no_user_cannot_be_played() =>
        Assert.Throws<ArgumentException>(() => simulator.Add("corp", Definition("""{ "name": "Corp" }"""), new Dictionary<string, CatalogCase>()));

    [Fact]
    public void A_case_that_is_not_there_is_named_with_those_that_are()
    {
        var error = Assert.Throws<ArgumentException>(() => Add("""{ "name": "Corp", "issuer": "https://id.corp.example" }""").Mint(new MintOptions { Case = "other" }));
        Assert.Contains("there are default", error.Message, StringComparison.Ordinal);
    }

    private FakeProvider Add(string definition, string id = "corp") =>
        simulator.Add(id, Definition(definition), new Dictionary<string, CatalogCase> { ["default"] = CaseJson.Read(Encoding.UTF8.GetBytes(Case)) });

    private static ProviderDefinition Definition(string json)
    {
        DefinitionReading reading = ProviderDefinitionReader.Read(Encoding.UTF8.GetBytes(json), "test");
        Assert.Empty(reading.Mistakes);
        return reading.Definition!;
    }
}
