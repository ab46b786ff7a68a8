using System.Net;
using System.Text.Json;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.AspNetCore;

public sealed class DiscoveryTests
{
    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task Both_documents_name_what_exists_and_nothing_else(string path)
    {
        await using DoorHost host = await DoorHost.StartAsync(new Dictionary<string, string?> { ["Cambio:PublicUrl"] = "https://api.example.com/" });

        HttpResponseMessage answer = await host.GetAsync(path);

        Assert.Equal(
            """{"issuer":"https://api.example.com/","jwks_uri":"https://api.example.com/auth/jwks","token_endpoint":"https://api.example.com/auth/token","token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","none"],"revocation_endpoint":"https://api.example.com/auth/revoke","revocation_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","none"],"introspection_endpoint":"https://api.example.com/auth/introspect","introspection_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"],"grant_types_supported":["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:token-exchange"],"response_types_supported":["code"],"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["ES256"],"code_challenge_methods_supported":["S256"]}""",
            await answer.Content.ReadAsStringAsync());
        Assert.True(answer.Headers.CacheControl?.Public);
    }

    [Fact]
    public async Task Where_a_client_is_required_the_documents_do_not_promise_to_go_without()
    {
        await using DoorHost host = await DoorHost.StartAsync(new Dictionary<string, string?>
        {
            ["Cambio:Tokens:RequireClient"] = "true",
            ["Cambio:Clients:shop:Secret"] = "a-secret-of-the-shop",
        });

        JsonElement document = await (await host.GetAsync("/.well-known/oauth-authorization-server")).JsonAsync();

        Assert.Equal(
            ["client_secret_basic", "client_secret_post"],
            document.GetProperty("token_endpoint_auth_methods_supported").EnumerateArray().Select(static method => method.GetString()));
    }

    [Fact]
    public async Task The_key_set_shows_public_keys_only_and_may_be_kept_for_less_than_the_announcement()
    {
        await using DoorHost host = await DoorHost.StartAsync();

        HttpResponseMessage answer = await host.GetAsync("/auth/jwks");

        JsonElement key = Assert.Single((await answer.JsonAsync()).GetProperty("keys").EnumerateArray());
        Assert.Equal(["kty", "use", "alg", "kid", "crv", "x", "y"], key.EnumerateObject().Select(static member => member.Name));
        Assert.InRange(answer.Headers.CacheControl!.MaxAge!.Value, TimeSpan.FromMinutes(1), SigningKeySchedule.AnnounceFor / 2);
        Assert.True(answer.Headers.CacheControl.Public);
    }

    [Theory]
    [InlineData("/auth/jwks")]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task Who_has_a_document_already_is_told_only_whether_it_changed(string path)
    {
        await using DoorHost host = await DoorHost.StartAsync();
        HttpResponseMessage first = await host.GetAsync(path);
        string tag = first.Headers.ETag!.ToString();

        HttpResponseMessage same = await host.SendAsync(HttpMethod.Get, path, headers: ("If-None-Match", tag));
        HttpResponseMessage other = await host.SendAsync(HttpMethod.Get, path, headers: ("If-None-Match", "\"other\""));

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync());
        Assert.Equal(tag, same.Headers.ETag!.ToString());
        Assert.Equal(first.Headers.CacheControl, same.Headers.CacheControl);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal("application/json", other.Content.Headers.ContentType?.MediaType);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await other.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_RSA_key_is_published_as_RFC_7518_has_it_and_discovery_names_its_algorithm()
    {
        await using DoorHost host = await DoorHost.StartAsync(new Dictionary<string, string?> { ["Cambio:Tokens:SigningAlgorithm"] = "RS256" });

        JsonElement key = Assert.Single((await (await host.GetAsync("/auth/jwks")).JsonAsync()).GetProperty("keys").EnumerateArray());
        JsonElement discovery = await (await host.GetAsync("/.well-known/openid-configuration")).JsonAsync();

        Assert.Equal(["kty", "use", "alg", "kid", "n", "e"], key.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(("RSA", "sig", "RS256"), (key.GetProperty("kty").GetString(), key.GetProperty("use").GetString(), key.GetProperty("alg").GetString()));
        Assert.Equal(3072 / 8, Base64UrlEncoder.DecodeBytes(key.GetProperty("n").GetString()!).Length);
        Assert.Equal("""["RS256"]""", discovery.GetProperty("id_token_signing_alg_values_supported").GetRawText());
    }

    [Fact]
    public async Task While_the_algorithm_changes_both_are_published_and_named()
    {
        await using DoorHost host = await DoorHost.StartAsync();
        SigningKeyVault vault = host.Services.GetRequiredService<SigningKeyVault>();
        await host.Store.TryAddAsync(
            vault.Create(SigningAlgorithm.RS256, 2, TokenRoom.Start, TokenRoom.Start + SigningKeySchedule.AnnounceFor), CancellationToken.None);
        string before = (await host.GetAsync("/auth/jwks")).Headers.ETag!.ToString();

        await host.Services.GetRequiredService<SigningKeyRing>().RefreshAsync(CancellationToken.None);

        HttpResponseMessage answer = await host.SendAsync(HttpMethod.Get, "/auth/jwks", headers: ("If-None-Match", before));
        JsonElement discovery = await (await host.GetAsync("/.well-known/openid-configuration")).JsonAsync();
        Assert.Equal(["ES256", "RS256"], (await answer.JsonAsync()).GetProperty("keys").EnumerateArray().Select(static key => key.GetProperty("alg").GetString()));
        Assert.Equal("""["ES256","RS256"]""", discovery.GetProperty("id_token_signing_alg_values_supported").GetRawText());
    }

    [Fact]
    public async Task A_retired_key_is_no_longer_published_and_its_tokens_are_401()
    {
        await using DoorHost host = await DoorHost.StartAsync();
        IssuedToken token = await host.SignInAsync();
        string retired = await OnlyKeyAsync(host);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/hello", $"Bearer {token.AccessToken}")).StatusCode);

        await host.Store.RetireAsync(retired, TokenRoom.Start, CancellationToken.None);
        await host.Services.GetRequiredService<SigningKeyRing>().RefreshAsync(CancellationToken.None);

        Assert.NotEqual(retired, await OnlyKeyAsync(host));
        await (await host.GetAsync("/hello", $"Bearer {token.AccessToken}")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    public async Task A_library_that_knows_only_the_address_validates_our_tokens(string algorithm)
    {
        await using DoorHost host = await DoorHost.StartAsync(new Dictionary<string, string?> { ["Cambio:Tokens:SigningAlgorithm"] = algorithm }, kestrel: true);
        string issuer = host.Client.BaseAddress!.OriginalString;
        IssuedToken token = await host.SignInAsync();
        OpenIdConnectConfiguration configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
            $"{issuer}/.well-known/openid-configuration", new HttpDocumentRetriever(host.Client) { RequireHttps = false }, CancellationToken.None);

        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(token.AccessToken, new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer,
            ValidAudience = issuer,
            IssuerSigningKeys = configuration.SigningKeys,
            ValidAlgorithms = [algorithm],
            ValidTypes = ["at+jwt"],
            ValidateLifetime = false,
        });

        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal(issuer, configuration.Issuer);
    }

    private static async Task<string> OnlyKeyAsync(DoorHost host) =>
        Assert.Single((await (await host.GetAsync("/auth/jwks")).JsonAsync()).GetProperty("keys").EnumerateArray()).GetProperty("kid").GetString()!;
}
