using System.Text;
using Cambio.Providers;
using Cambio.Testing;
using Cambio.Tests.Providers;

namespace Cambio.Tests.Catalog;

/// <summary>What the grammar can say beyond the standard, each word danced by a provider that consists of it.</summary>
public sealed class Dialects : IAsyncLifetime
{
    private const string Token = """{ "access_token": "{access_token}", "token_type": "bearer" }""";

    private readonly CatalogFolder folder = new();
    private FakeProviders fakes = null!;

    public async ValueTask InitializeAsync() => fakes = await FakeProviders.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        await fakes.DisposeAsync();
    }

    [Fact]
    public async Task A_graphql_query_is_sent_as_it_stands() => await Dances(
        """{ "profile": { "url": "https://corp.example/graphql", "graphql": "{ me { id name } }", "unwrap": "data.me" } }""",
        """{ "data": { "me": { "id": "4711" } } }""");

    [Fact]
    public async Task Errors_beside_graphql_data_are_a_refusal()
    {
        FakeProvider corp = Add(
            """{ "profile": { "url": "https://corp.example/graphql", "graphql": "{ me { id } }", "unwrap": "data.me" } }""",
            """{ "errors": [{ "message": "not now" }], "data": { "me": { "id": "4711" } } }""");

        Assert.Equal("provider_refused_200", await Failure(corp));
    }

    [Fact]
    public async Task Json_is_found_in_the_text_around_it() => await Dances(
        """{ "profile": { "url": "https://corp.example/me", "response": "json_in_text" } }""", """{ "id": "4711" }""");

    [Fact]
    public async Task An_answer_may_name_the_host_that_is_allowed() => await Dances(
        """{ "profile": { "url": "https://{token.domain}/me" } }""",
        """{ "id": "4711" }""",
        """{ "access_token": "{access_token}", "domain": "eu.corp.example" }""",
        """ "allowedHosts": [".corp.example"], """);

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example/.corp.example")]
    [InlineData("evil.example#.corp.example")]
    [InlineData("corp.example@evil.example")]
    public async Task An_answer_cannot_name_another_host(string host)
    {
        FakeProvider corp = Add(
            """{ "profile": { "url": "https://{token.domain}/me" } }""",
            """{ "id": "4711" }""",
            $$"""{ "access_token": "{access_token}", "domain": "{{host}}" }""",
            """ "allowedHosts": [".corp.example"], """);

        Assert.Equal("provider_address_unusable", await Failure(corp));
        Assert.DoesNotContain(fakes.Simulator.Calls, call => call.Host.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_caller_sent_stays_one_word_of_an_address_that_an_answer_began()
    {
        FakeProvider corp = Add(
            """{ "profile": { "url": "{token.api}/users/{callback.member}" } }""",
            """{ "id": "4711" }""",
            """{ "access_token": "{access_token}", "api": "https://api.corp.example/v1" }""",
            """ "allowedHosts": ["api.corp.example"], "authorization": { "callback": ["member"] }, """);
        MintedCredentials minted = corp.Mint("ada") with { Callback = new Dictionary<string, string> { ["member"] = "../admin?x=1#y" } };

        await RunAsync(corp, minted);

        Assert.Contains(fakes.Simulator.Calls, call => call.Path == "/v1/users/..%2Fadmin?x=1#y");
    }

    [Fact]
    public async Task What_stood_on_the_callback_goes_back_with_the_code()
    {
        FakeProvider corp = Add(
            """{ "profile": { "url": "https://corp.example/{callback.shard}/me" } }""",
            """{ "id": "4711" }""",
            extra: """ "authorization": { "callback": ["device_id", "shard"] }, "token": { "parameters": { "device_id": "{callback.device_id}" } }, """);
        MintedCredentials minted = corp.Mint("ada");

        Assert.Equal(["device_id", "shard"], minted.Callback.Keys.Order());
        Assert.Null((await RunAsync(corp, minted)).Error);
        Assert.Equal("provider_call_incomplete", (await RunAsync(corp, corp.Mint("ada") with { Callback = new Dictionary<string, string>() })).Error?.Reason);
        MintedCredentials another = corp.Mint("ada");
        Assert.Equal(ErrorCodes.InvalidGrant, (await RunAsync(corp, another with { Callback = minted.Callback })).Error?.Code);
    }

    [Fact]
    public async Task A_code_can_be_asked_for_whom_it_stands_with_the_applications_own_token()
    {
        FakeProvider corp = Add(
            """
            {
              "profile": { "url": "https://corp.example/whose", "auth": "none", "query": { "access_token": "{access_token}", "code": "{code}" } },
              "details": { "url": "https://corp.example/users/{profile.id}", "auth": "none", "query": { "access_token": "{access_token}" } }
            }
            """,
            """{ "id": "4711" }""",
            extra: """ "token": { "method": "get", "omit": ["grant_type", "code", "redirect_uri", "code_verifier"] }, "authorization": { "pkce": false }, """,
            more: """ , "details": { "name": "Ada" } """);
        MintedCredentials minted = corp.Mint("ada");

        Assert.Null((await RunAsync(corp, minted)).Error);
        Assert.Equal(ErrorCodes.InvalidGrant, (await RunAsync(corp, minted)).Error?.Code);
        Assert.Equal(ErrorCodes.InvalidGrant, (await RunAsync(corp, corp.MintForAnotherApplication("ada"))).Error?.Code);
    }

    [Fact]
    public async Task An_application_can_be_known_by_another_number_than_its_client_id()
    {
        FakeProvider corp = Add(
            """{ "profile": { "url": "https://corp.example/me" } }""",
            """{ "id": "4711" }""",
            extra: """
                "variables": { "appId": { "title": "App ID", "example": "900100" } },
                "accessTokenProof": { "request": { "url": "https://corp.example/check" }, "audience": "app", "audienceVariable": "appId" },
                """,
            more: """ , "proof": { "app": "{variables.appId | number}" } """);

        Assert.Null((await RunAsync(corp, corp.Mint("ada"), "access_token")).Error);
        Assert.Equal("audience_mismatch", (await RunAsync(corp, corp.MintForAnotherApplication("ada"), "access_token")).Error?.Reason);
    }

    private async Task Dances(string userinfo, string profile, string token = Token, string extra = "")
    {
        FakeProvider corp = Add(userinfo, profile, token, extra);

        Assert.Null(await Failure(corp));
        Assert.Empty(fakes.Simulator.Unplanned);
    }

    private async Task<string?> Failure(FakeProvider corp) => (await RunAsync(corp, corp.Mint(new MintOptions()))).Error?.Reason;

    private async Task<Result<ExchangeResult>> RunAsync(FakeProvider corp, MintedCredentials minted, string kind = "code")
    {
        using var exchange = new CaseExchange(corp, fakes.BaseAddress, folder.Path);
        return await exchange.RunAsync(kind, minted);
    }

    private FakeProvider Add(string userinfo, string profile, string token = Token, string extra = "", string more = "")
    {
        string definition = $$"""
            { "name": "Corp", "authorizationEndpoint": "https://corp.example/authorize", "tokenEndpoint": "https://corp.example/token", {{extra}}
              "userinfo": {{userinfo}}, "claims": { "sub": "id" } }
            """;
        string played = $$"""{ "source": "invented", "answers": { "token": {{token}}, "profile": {{profile}} {{more}} }, "identity": { "sub": "4711" } }""";
        folder.Add("corp", definition);
        return fakes.Simulator.Add(
            "corp",
            ProviderDefinitionReader.Read(Encoding.UTF8.GetBytes(definition), "corp").Definition!,
            new Dictionary<string, CatalogCase> { ["default"] = CaseJson.Read(Encoding.UTF8.GetBytes(played)) });
    }
}
