using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.EndToEnd;

/// <summary>What other programs read: discovery, keys, OpenAPI. Any language's library must be able to validate our tokens from them.</summary>
public sealed class PublishedDocumentsTests
{
    [Fact]
    public async Task A_token_is_validated_from_discovery_and_keys_alone()
    {
        await using CambioHost host = CambioHost.Start([new("Cambio:Sandbox:Enabled", "true")]);
        Answer answer = await SandboxTests.ExchangeAccessTokenAsync(host, "google", "ada");
        JsonElement discovery = (await host.GetAsync("/.well-known/openid-configuration")).Json;
        Answer jwks = await host.GetAsync(new Uri(discovery.GetProperty("jwks_uri").GetString()!).PathAndQuery);
        Assert.NotNull(jwks.Headers.CacheControl?.MaxAge);

        TokenValidationResult result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(answer.AccessToken, new TokenValidationParameters
        {
            ValidIssuer = discovery.GetProperty("issuer").GetString(),
            ValidAudience = discovery.GetProperty("issuer").GetString(),
            IssuerSigningKeys = new JsonWebKeySet(jwks.Text).GetSigningKeys(),
            ValidAlgorithms = ["ES256"],
            ValidTypes = ["at+jwt"],
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        var token = (JsonWebToken)result.SecurityToken;
        Assert.Equal(answer.UserId, token.Subject);
        Assert.All(["iss", "aud", "sub", "sid", "iat", "exp", "jti", "auth_time"], claim => Assert.True(token.TryGetPayloadValue(claim, out object _), claim));
        Assert.Equal(TimeSpan.FromMinutes(15), token.ValidTo - token.IssuedAt);
        Assert.DoesNotContain("\"d\"", jwks.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task Discovery_names_only_what_exists(string path)
    {
        await using CambioHost host = CambioHost.Start();
        JsonElement document = (await host.GetAsync(path)).Json;
        Assert.Equal(["S256"], document.GetProperty("code_challenge_methods_supported").EnumerateArray().Select(e => e.GetString()));
        foreach (JsonProperty endpoint in document.EnumerateObject().Where(p => p.Name.EndsWith("_endpoint", StringComparison.Ordinal) || p.Name == "jwks_uri"))
        {
            Answer answer = await host.GetAsync(new Uri(endpoint.Value.GetString()!).PathAndQuery);
            Assert.NotEqual(404, answer.Status);
        }
    }

    [Fact]
    public async Task OpenApi_describes_every_call()
    {
        await using CambioHost host = CambioHost.Start();
        Answer answer = await host.GetAsync("/openapi/v1.json");
        Assert.Equal(200, answer.Status);
        string[] paths = [.. answer.Json.GetProperty("paths").EnumerateObject().Select(p => p.Name)];
        Assert.All(
            [
                "/auth/{provider}", "/auth/{provider}/start", "/auth/{provider}/link", "/auth/{provider}/link-ticket",
                "/auth/token", "/auth/revoke", "/auth/introspect", "/auth/me", "/auth/me/logins", "/auth/me/logins/{provider}",
                "/auth/me/sessions", "/auth/me/sessions/{id}", "/auth/logout", "/auth/antiforgery", "/auth/providers", "/auth/jwks",
            ],
            path => Assert.Contains(path, paths));
    }
}
