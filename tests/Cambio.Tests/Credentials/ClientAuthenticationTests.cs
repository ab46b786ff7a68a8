using System.Security.Cryptography;
using Cambio.Credentials;
using Cambio.Providers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.Credentials;

public sealed class ClientAuthenticationTests : CodeRoom
{
    private const string Grant = "grant_type=authorization_code&code=the-code";

    private static readonly AuthorizationCode Bare = new("the-code");

    [Theory]
    [InlineData(ClientAuthenticationMethod.ClientSecretPost, $"{Grant}&client_id=our-client&client_secret=our-secret", null)]
    [InlineData(ClientAuthenticationMethod.ClientSecretBasic, Grant, "Basic b3VyLWNsaWVudDpvdXItc2VjcmV0")]
    [InlineData(ClientAuthenticationMethod.ClientSecretBasicRaw, Grant, "Basic b3VyLWNsaWVudDpvdXItc2VjcmV0")]
    [InlineData(ClientAuthenticationMethod.BearerSecret, $"{Grant}&client_id=our-client", "Bearer our-secret")]
    [InlineData(ClientAuthenticationMethod.None, $"{Grant}&client_id=our-client", null)]
    [InlineData(ClientAuthenticationMethod.Query, Grant, null)]
    public async Task Shows_the_client_where_the_provider_looks_for_it(ClientAuthenticationMethod method, string body, string? header)
    {
        await RedeemAsync(new TokenRequestDefinition { Auth = method }, Bare);

        FakeCall call = Fake.Single(Token);
        Assert.Equal((body, header), (call.Body, call.Header("Authorization")));
        Assert.Equal(method == ClientAuthenticationMethod.Query ? "our-client our-secret" : " ",
            $"{call.Query.GetValueOrDefault("client_id")} {call.Query.GetValueOrDefault("client_secret")}");
    }

    [Fact]
    public async Task Encodes_a_secret_before_it_is_joined_to_the_id()
    {
        await RedeemAsync(new TokenRequestDefinition { Auth = ClientAuthenticationMethod.ClientSecretBasic }, Bare, secret: "a:b c%é-._~");

        string pair = System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(Fake.Single(Token).Header("Authorization")!["Basic ".Length..]));
        Assert.Equal("our-client:a%3Ab%20c%25%C3%A9-._~", pair);
    }

    [Fact]
    public async Task Joins_a_secret_as_it_is_where_the_provider_does_not_decode_it()
    {
        await RedeemAsync(new TokenRequestDefinition { Auth = ClientAuthenticationMethod.ClientSecretBasicRaw }, Bare, secret: "a:b+c%/=");

        string pair = System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(Fake.Single(Token).Header("Authorization")!["Basic ".Length..]));
        Assert.Equal("our-client:a:b+c%/=", pair);
    }

    [Fact]
    public async Task Signs_an_assertion_with_an_RSA_key()
    {
        using var key = RSA.Create(2048);
        ProviderDefinition definition = With(new() { Auth = ClientAuthenticationMethod.PrivateKeyJwt }) with
        {
            Variables = new Dictionary<string, VariableDefinition> { ["privateKey"] = new() { Title = "Key", Kind = VariableKind.RsaPrivateKey } },
        };

        await Rooms.VerifyAsync(SampleProvider.At(Fake, definition, variables: new() { ["privateKey"] = key.ExportPkcs8PrivateKeyPem() }), Bare);

        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(Fake.Single(Token).Form["client_assertion"], new TokenValidationParameters
        {
            IssuerSigningKey = new RsaSecurityKey(key),
            ValidAlgorithms = ["RS256"],
            ValidIssuer = "our-client",
            ValidAudience = "https://api.example/token",
            LifetimeValidator = (_, expires, _, _) => expires == Rooms.Time.GetUtcNow().AddMinutes(5).UtcDateTime,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Fact]
    public async Task Lets_a_quirk_sign_the_request()
    {
        using var key = RSA.Create(2048);
        ProviderDefinition definition = With(new() { Auth = ClientAuthenticationMethod.None }) with { Quirk = "rsa_sha256_signature" };

        await Rooms.VerifyAsync(SampleProvider.At(Fake, definition, secret: null, variables: new() { ["privateKey"] = key.ExportPkcs8PrivateKeyPem() }), Bare);

        IReadOnlyDictionary<string, string> form = Fake.Single(Token).Form;
        const string Signed = "client_id=our-client&code=the-code&grant_type=authorization_code&sign_type=RSA2&timestamp=2026-03-01 20:00:00";
        Assert.True(key.VerifyData(System.Text.Encoding.ASCII.GetBytes(Signed), Convert.FromBase64String(form["sign"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task Says_only_who_it_is_where_it_has_no_secret()
    {
        await RedeemAsync(code: Bare, secret: null);

        Assert.Equal($"{Grant}&client_id=our-client", Fake.Single(Token).Body);
    }

    [Fact]
    public async Task Signs_an_assertion_that_is_made_out_to_the_token_endpoint_and_used_once()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var variables = new Dictionary<string, string> { ["privateKey"] = key.ExportPkcs8PrivateKeyPem(), ["keyId"] = "key-1" };
        var definition = new TokenRequestDefinition { Auth = ClientAuthenticationMethod.PrivateKeyJwt };

        await RedeemAsync(definition, Bare, variables);
        await RedeemAsync(definition, Bare, variables);

        IReadOnlyDictionary<string, string> form = Fake.Calls[0].Form;
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", form["client_assertion_type"]);
        Assert.Equal("our-client", form["client_id"]);
        Assert.False(form.ContainsKey("client_secret"));
        var handler = new JsonWebTokenHandler();
        TokenValidationResult result = await handler.ValidateTokenAsync(form["client_assertion"], new TokenValidationParameters
        {
            IssuerSigningKey = new ECDsaSecurityKey(key) { KeyId = "key-1" },
            ValidAlgorithms = ["ES256"],
            ValidIssuer = "our-client",
            ValidAudience = "https://api.example/token",
            LifetimeValidator = (_, expires, _, _) => expires == Rooms.Time.GetUtcNow().AddMinutes(5).UtcDateTime,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal("our-client", result.Claims["sub"]);
        Assert.NotEqual(form["client_assertion"], Fake.Calls[1].Form["client_assertion"]);
        Assert.NotEqual(result.Claims["jti"], handler.ReadJsonWebToken(Fake.Calls[1].Form["client_assertion"]).Id);
    }

    [Fact]
    public async Task Lets_a_quirk_make_the_secret()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ProviderDefinition definition = With(new()) with { Issuer = "https://id.example", Quirk = "es256_client_secret" };
        Provider provider = SampleProvider.At(
            Fake, definition, secret: null, variables: new() { ["teamId"] = "team", ["keyId"] = "key", ["privateKey"] = key.ExportPkcs8PrivateKeyPem() });

        await Rooms.VerifyAsync(provider, Bare);

        Assert.Equal("team", new JsonWebToken(Fake.Single(Token).Form["client_secret"]).Issuer);
    }
}
