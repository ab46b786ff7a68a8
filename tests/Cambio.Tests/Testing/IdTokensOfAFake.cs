using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cambio.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.Testing;

public sealed class IdTokensOfAFake
{
    private const string Keys = "https://www.googleapis.com/oauth2/v3/certs";

    private readonly ProviderSimulator simulator = Ask.Catalogue();

    private FakeProvider Google => simulator["google"];

    [Fact]
    public async Task An_ID_token_is_signed_with_a_published_key()
    {
        MintedCredentials minted = Google.Mint("ada");

        Assert.True(await IsSignedAsync(minted.IdToken!));
        Assert.False(await IsSignedAsync(minted.IdToken![..^8] + "AAAAAAAA"));
    }

    [Fact]
    public void An_ID_token_holds_what_every_one_holds()
    {
        MintedCredentials minted = Google.Mint("ada");
        JsonObject claims = Ask.Claims(minted.IdToken!);

        Assert.Equal("https://accounts.google.com", (string?)claims["iss"]);
        Assert.Equal(Google.ClientId, (string?)claims["aud"]);
        Assert.Equal(Google.ClientId, (string?)claims["azp"]);
        Assert.Equal(minted.Nonce, (string?)claims["nonce"]);
        Assert.Equal(3600, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(minted.AccessToken!)).AsSpan(0, 16)), (string?)claims["at_hash"]);
    }

    [Fact]
    public void An_issuer_is_filled_with_the_tokens_own_tenant()
    {
        JsonObject claims = Ask.Claims(simulator["microsoft"].Mint("ada").IdToken!);

        Assert.Equal($"https://login.microsoftonline.com/{claims["tid"]}/v2.0", (string?)claims["iss"]);
    }

    [Fact]
    public void Another_id_of_the_user_is_nobody_elses_either() =>
        Assert.NotEqual(
            (string?)Ask.Claims(simulator["microsoft"].Mint("ada").IdToken!)["sub"],
            (string?)Ask.Claims(simulator["microsoft"].Mint("bob").IdToken!)["sub"]);

    [Fact]
    public void Where_a_provider_has_no_ID_tokens_there_is_none()
    {
        MintedCredentials minted = simulator["github"].Mint("ada");

        Assert.Null(minted.IdToken);
        Assert.Null(minted.Nonce);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_rotate(bool keepOld)
    {
        string old = Google.Mint("ada").IdToken!;
        Google.RotateKeys(keepOld);

        Assert.Equal(keepOld, await IsSignedAsync(old));
        Assert.True(await IsSignedAsync(Google.Mint("ada").IdToken!));
    }

    [Fact]
    public async Task Discovery_names_what_stands_where()
    {
        Reply reply = await simulator.Get("https://accounts.google.com/.well-known/openid-configuration");

        Assert.Equal("https://accounts.google.com", reply["issuer"]);
        Assert.Equal("https://oauth2.googleapis.com/token", reply["token_endpoint"]);
        Assert.Equal("https://www.googleapis.com/oauth2/v3/userinfo", reply["userinfo_endpoint"]);
        Assert.Equal(Keys, reply["jwks_uri"]);
        Assert.Equal("S256", reply["code_challenge_methods_supported.0"]);
    }

    private async Task<bool> IsSignedAsync(string token)
    {
        var keys = new JsonWebKeySet((await simulator.Get(Keys)).Body.ToJsonString());
        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidIssuer = "https://accounts.google.com",
            ValidAudience = Google.ClientId,
        });
        return result.IsValid;
    }
}
