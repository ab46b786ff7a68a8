using System.Text.Json.Nodes;
using Cambio.Providers;
using Microsoft.AspNetCore.Http;

namespace Cambio.Tests.Providers;

/// <summary>What a definition leaves open is read from the issuer's discovery document, which is trusted no further than it goes.</summary>
public sealed class Discovery : IAsyncLifetime
{
    private const string Path = "/.well-known/openid-configuration";

    private readonly Outbound outbound = new();
    private readonly List<string> calls = [];
    private LoopbackServer server = null!;
    private ProviderMetadata metadata = null!;
    private JsonObject document = [];

    private string Issuer => server.Address.AbsoluteUri.TrimEnd('/') + "/op";

    public async ValueTask InitializeAsync()
    {
        server = await LoopbackServer.StartAsync();
        metadata = new ProviderMetadata(outbound.Http, outbound.Time);
        document = new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/auth",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/jwks",
            ["userinfo_endpoint"] = $"{Issuer}/me",
            ["introspection_endpoint"] = $"{Issuer}/introspect",
            ["revocation_endpoint"] = $"{Issuer}/revoke",
        };
        server.Answer = context =>
        {
            calls.Add(context.Request.Path);
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(document.ToJsonString());
        };
    }

    public async ValueTask DisposeAsync()
    {
        outbound.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("Authorization", "/auth")]
    [InlineData("Token", "/token")]
    [InlineData("Keys", "/jwks")]
    [InlineData("Userinfo", "/me")]
    [InlineData("Introspection", "/introspect")]
    [InlineData("Revocation", "/revoke")]
    public async Task An_issuer_alone_leads_to_every_endpoint(string endpoint, string path)
    {
        Assert.Equal(Issuer + path, (await FindAsync(Provider(), endpoint)).Value!.AbsoluteUri);
        Assert.Equal(["/op" + Path], calls);
    }

    [Fact]
    public async Task A_slash_at_the_end_of_an_issuer_is_not_doubled()
    {
        document["issuer"] = $"{Issuer}/";
        Assert.True((await FindAsync(Provider($"Issuer={Issuer}/"), "Token")).IsSuccess);
        Assert.Equal(["/op" + Path], calls);
    }

    [Fact]
    public async Task The_document_may_stand_elsewhere()
    {
        Assert.True((await FindAsync(Provider($"Issuer={Issuer}", $"ConfigurationEndpoint={server.Address}config.json"), "Token")).IsSuccess);
        Assert.Equal(["/config.json"], calls);
    }

    [Theory]
    [InlineData("Authorization", "AuthorizationEndpoint")]
    [InlineData("Token", "TokenEndpoint")]
    [InlineData("Keys", "JwksUri")]
    [InlineData("Revocation", "RevocationEndpoint")]
    public async Task The_definitions_own_address_goes_first_and_asks_nobody(string endpoint, string key)
    {
        Provider provider = Provider($"Issuer={Issuer}", $"{key}=https://corp.example/own");
        Assert.Equal("https://corp.example/own", (await FindAsync(provider, endpoint)).Value!.AbsoluteUri);
        Assert.Empty(calls);
    }

    [Fact]
    public async Task The_callers_own_address_goes_before_all()
    {
        Result<Uri> found = await metadata.EndpointAsync(Provider(), ProviderEndpoint.Introspection, "https://corp.example/{client_id}", CancellationToken.None);
        Assert.Equal("https://corp.example/us", found.Value!.AbsoluteUri);
        Assert.Empty(calls);
    }

    [Fact]
    public async Task An_endpoint_that_nothing_names_is_refused()
    {
        document.Remove("introspection_endpoint");
        AssertRefused(await FindAsync(Provider(), "Introspection"), "provider_error no_introspection_endpoint");
        AssertRefused(await FindAsync(Provider("TokenEndpoint=https://corp.example/t", "Userinfo:profile:Url=https://corp.example/me"), "Keys"), "provider_error no_keys_endpoint");
    }

    [Theory]
    [InlineData("{0}/")]
    [InlineData("{0}/other")]
    [InlineData("https://corp.example")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Another_issuer_does_not_speak_for_ours(string? issuer)
    {
        document["issuer"] = issuer?.Replace("{0}", Issuer, StringComparison.Ordinal);
        AssertRefused(await FindAsync(Provider(), "Token"), "provider_error metadata_issuer_mismatch");
    }

    [Theory]
    [InlineData("token_endpoint", "http://corp.example/token")]
    [InlineData("jwks_uri", "file:///etc/passwd")]
    [InlineData("authorization_endpoint", "/auth")]
    [InlineData("userinfo_endpoint", "https://a:b@corp.example/me")]
    [InlineData("revocation_endpoint", "javascript:alert(1)")]
    [InlineData("introspection_endpoint", "https://corp.example/i#f")]
    public async Task A_document_with_one_unsafe_address_is_refused_whole(string member, string address)
    {
        document[member] = address;
        AssertRefused(await FindAsync(Provider(), "Token"), "provider_error metadata_address_unusable");
    }

    [Fact]
    public async Task An_issuer_out_there_does_not_send_us_to_our_own_machine()
    {
        document["issuer"] = "https://corp.example";
        Provider provider = Provider("Issuer=https://corp.example", $"ConfigurationEndpoint={server.Address}config.json");
        AssertRefused(await FindAsync(provider, "Token"), "provider_error metadata_address_unusable");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"issuer\":5}")]
    [InlineData("{\"issuer\":[\"a\"],\"token_endpoint\":{}}")]
    public async Task What_is_no_document_is_refused(string body)
    {
        server.AnswerWith(body);
        Assert.Equal(ErrorCodes.ProviderError, (await FindAsync(Provider(), "Token")).Error!.Code);
    }

    [Fact]
    public async Task A_404_is_no_document()
    {
        server.AnswerWith("{}", status: 404);
        AssertRefused(await FindAsync(Provider(), "Token"), "provider_error metadata_unreadable");
    }

    [Fact]
    public async Task A_document_is_kept_for_an_hour_and_serves_another_while_the_issuer_is_down()
    {
        Provider provider = Provider();
        await FindAsync(provider, "Token");
        outbound.Time.Advance(TimeSpan.FromMinutes(59));
        await FindAsync(provider, "Keys");
        Assert.Single(calls);

        server.AnswerWith("{}", status: 503);
        outbound.Time.Advance(TimeSpan.FromMinutes(60));
        Assert.True((await FindAsync(provider, "Token")).IsSuccess);
        outbound.Time.Advance(TimeSpan.FromMinutes(1));
        AssertRefused(await FindAsync(provider, "Token"), "temporarily_unavailable provider_status_503");
    }

    [Fact]
    public async Task Another_issuer_in_the_settings_is_another_document()
    {
        await FindAsync(Provider(), "Token");
        document["issuer"] = $"{Issuer}2";
        Assert.True((await FindAsync(Provider($"Issuer={Issuer}2"), "Token")).IsSuccess);
        Assert.Equal(["/op" + Path, "/op2" + Path], calls);
    }

    [Fact]
    public async Task A_simulated_issuer_is_compared_as_if_it_had_answered_itself()
    {
        document = new JsonObject { ["issuer"] = "https://corp.example", ["token_endpoint"] = "https://corp.example/token" };
        using ProviderRegistry registry = Setup.Registry(
            "corp:ClientId=us\ncorp:ClientSecret=s\ncorp:Definition:Issuer=https://corp.example", simulator: $"{server.Address}sim");
        Assert.Equal("https://corp.example/token", (await FindAsync(registry.All[0], "Token")).Value!.AbsoluteUri);
        Assert.Equal(["/sim/corp.example" + Path], calls);
    }

    private static void AssertRefused(Result<Uri> result, string refusal) => Assert.Equal(refusal, $"{result.Error?.Code} {result.Error?.Reason}");

    private Task<Result<Uri>> FindAsync(Provider provider, string endpoint) =>
        metadata.EndpointAsync(provider, Enum.Parse<ProviderEndpoint>(endpoint), null, CancellationToken.None);

    private Provider Provider(params string[] definition) => Setup.Provider(
        string.Join('\n', ["corp:ClientId=us", "corp:ClientSecret=s", .. (definition.Length == 0 ? [$"Issuer={Issuer}"] : definition).Select(key => $"corp:Definition:{key}")]));
}
