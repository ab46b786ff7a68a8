using System.Security.Cryptography;
using Cambio.Providers;
using Cambio.Quirks;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.Quirks;

public sealed class Es256ClientSecretTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly IQuirk quirk = new QuirkRegistry().Find("es256_client_secret")!;

    [Fact]
    public async Task Is_a_token_that_the_developers_key_signed_for_five_minutes()
    {
        string secret = quirk.ClientSecret(Provider(), Noon)!;

        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(secret, new TokenValidationParameters
        {
            IssuerSigningKey = new ECDsaSecurityKey(Key) { KeyId = "key-1" },
            ValidAlgorithms = ["ES256"],
            ValidIssuer = "team-1",
            ValidAudience = "https://id.example",
            LifetimeValidator = (_, _, _, _) => true,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal("our-client", result.Claims["sub"]);
        Assert.Equal("key-1", ((JsonWebToken)result.SecurityToken).Kid);
        Assert.Equal(Noon.ToUnixTimeSeconds(), result.Claims["iat"]);
        Assert.Equal(Noon.ToUnixTimeSeconds() + 300, result.Claims["exp"]);
    }

    [Fact]
    public void Serves_until_a_minute_before_it_expires()
    {
        Provider provider = Provider();
        string secret = quirk.ClientSecret(provider, Noon)!;

        Assert.Equal(secret, quirk.ClientSecret(provider, Noon.AddSeconds(239)));
        Assert.NotEqual(secret, quirk.ClientSecret(provider, Noon.AddSeconds(240)));
    }

    [Fact]
    public void Is_made_anew_when_the_clock_was_set_back()
    {
        Provider provider = Provider();
        string secret = quirk.ClientSecret(provider, Noon)!;

        Assert.NotEqual(secret, quirk.ClientSecret(provider, Noon.AddHours(-1)));
    }

    [Fact]
    public void Is_made_anew_when_settings_change() =>
        Assert.NotEqual(quirk.ClientSecret(Provider(), Noon), quirk.ClientSecret(Provider("key-2"), Noon));

    [Fact]
    public void Is_the_only_thing_it_does()
    {
        var request = new ProviderRequest("userinfo", HttpMethod.Get, new Uri("https://id.example/me"));

        quirk.Sign(request, Provider(), "token", Noon);
        quirk.SignTokenRequest(request, Provider(), Noon);

        Assert.Equal("https://id.example/me", request.FullAddress().AbsoluteUri);
    }

    private static Provider Provider(string keyId = "key-1") => SampleProviders.With(null, new()
    {
        ["teamId"] = "team-1", ["keyId"] = keyId, ["privateKey"] = Key.ExportPkcs8PrivateKeyPem(), ["host"] = "id.example",
    });
}
