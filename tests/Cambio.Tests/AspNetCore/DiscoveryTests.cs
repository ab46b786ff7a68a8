using System.Net;
using System.Text.Json;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
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
            """{"issuer":"https://api.example.com/","jwks_uri":"https://api.example.com/auth/jwks","token_endpoint":"https://api.example.com/auth/token","token_endpoint_auth_methods_supported":["none"],"grant_types_supported":["refresh_token"],"response_types_supported":["code"],"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["ES256"],"code_challenge_methods_supported":["S256"]}""",
            await answer.Content.ReadAsStringAsync());
        Assert.True(answer.Headers.CacheControl?.Public);
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

    [Fact]
    public async Task A_library_that_knows_only_the_address_validates_our_tokens()
    {
        await using DoorHost host = await DoorHost.StartAsync(kestrel: true);
        string issuer = host.Client.BaseAddress!.OriginalString;
        IssuedToken token = await host.SignInAsync();
        OpenIdConnectConfiguration configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
            $"{issuer}/.well-known/openid-configuration", new HttpDocumentRetriever(host.Client) { RequireHttps = false }, CancellationToken.None);

        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(token.AccessToken, new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer,
            ValidAudience = issuer,
            IssuerSigningKeys = configuration.SigningKeys,
            ValidTypes = ["at+jwt"],
            ValidateLifetime = false,
        });

        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal(issuer, configuration.Issuer);
    }
}
