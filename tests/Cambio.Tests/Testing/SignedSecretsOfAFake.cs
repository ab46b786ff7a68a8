using System.Security.Cryptography;
using Cambio.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.Testing;

/// <summary>A client secret that is a JWT of the client's own key.</summary>
public sealed class SignedSecretsOfAFake
{
    private readonly ProviderSimulator simulator = Ask.Catalogue();

    private FakeProvider Apple => simulator["apple"];

    public static TheoryData<string, Func<FakeProvider, string>> BadSecrets => new()
    {
        { "the fixed secret", apple => apple.ClientSecret },
        { "no JWT", _ => "a.b.c" },
        { "another team", apple => Secret(apple, iss: "OTHERTEAM1") },
        { "another client", apple => Secret(apple, sub: "com.example.other") },
        { "another audience", apple => Secret(apple, aud: "https://example.com") },
        { "expired", apple => Secret(apple, minutes: -1) },
        { "a year of life", apple => Secret(apple, minutes: 366 * 24 * 60) },
        { "another key", apple => Secret(apple, pem: NewKey()) },
    };

    [Fact]
    public async Task A_secret_that_the_own_key_signed_is_taken() => Assert.Equal(200, (await RedeemAsync(Secret(Apple))).Status);

    [Theory]
    [MemberData(nameof(BadSecrets))]
    public async Task A_secret_is_refused_that_is(string what, Func<FakeProvider, string> secret)
    {
        Reply reply = await RedeemAsync(secret(Apple));

        Assert.True(reply["error"] == "invalid_client", what);
        Assert.Equal(401, reply.Status);
    }

    private Task<Reply> RedeemAsync(string secret) =>
        simulator.Post("https://appleid.apple.com/auth/token", Apple.Mint("ada").Redemption(Apple, ("client_secret", secret)));

    private static string Secret(
        FakeProvider apple, string? iss = null, string? sub = null, string aud = "https://appleid.apple.com", double minutes = 5, string? pem = null)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem ?? apple.Variables["privateKey"]);
        var signing = new ECDsaSecurityKey(key) { KeyId = apple.Variables["keyId"], CryptoProviderFactory = new() { CacheSignatureProviders = false } };
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object> { ["iss"] = iss ?? apple.Variables["teamId"], ["sub"] = sub ?? apple.ClientId, ["aud"] = aud },
            Expires = now.AddMinutes(minutes),
            SigningCredentials = new SigningCredentials(signing, SecurityAlgorithms.EcdsaSha256),
        });
    }

    private static string NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem();
}
