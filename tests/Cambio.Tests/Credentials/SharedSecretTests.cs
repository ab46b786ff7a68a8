using System.Security.Cryptography;
using System.Text;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>ID tokens that are signed with the client secret (OpenID Connect Core 10.1).</summary>
public sealed class SharedSecretTests : IdTokenRoom
{
    private const string Secret = "0123456789abcdef0123456789abcdéf";

    private static readonly ProviderDefinition Both = SampleProvider.OpenId with { IdToken = new IdTokenDefinition { Algorithms = ["HS256", "RS256"] } };

    [Theory]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":"k1"}""")]
    public async Task The_secret_is_the_key_where_the_definition_says_so(string header)
    {
        Assert.Null((await VerifyAsync(Sign(Secret, header), Both, Secret)).Error);
        Assert.Empty(Fake.Calls);
    }

    [Fact]
    public async Task A_public_key_stays_good_beside_it() => Assert.Null((await VerifyAsync(Key.Sign(Claims), Both, Secret)).Error);

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdeF")]
    [InlineData("")]
    public async Task Another_secret_signs_nothing(string key) =>
        Assert.Equal("id_token_signature", (await VerifyAsync(Sign(key), Both, Secret)).Error?.Reason);

    [Fact]
    public async Task A_public_key_never_is_the_secret()
    {
        foreach (string text in new[] { Key.Jwk, TestKey.Document(Key, Curve), "k1" })
        {
            Assert.Equal("id_token_signature", (await VerifyAsync(Sign(text, """{"alg":"HS256","kid":"k1"}"""), Both, Secret)).Error?.Reason);
        }
    }

    [Fact]
    public async Task The_secret_never_makes_another_algorithm_good()
    {
        string token = Sign(Secret, """{"alg":"RS256","kid":"k1"}""");

        Assert.Equal("id_token_signature", (await VerifyAsync(token, Both, Secret)).Error?.Reason);
    }

    [Theory]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task No_other_algorithm_takes_it(string algorithm)
    {
        ProviderDefinition definition = SampleProvider.OpenId with { IdToken = new IdTokenDefinition { Algorithms = [algorithm] } };
        string token = Sign(Secret, $$"""{"alg":"{{algorithm}}"}""");

        Assert.Equal("id_token_algorithm", (await VerifyAsync(token, definition, Secret)).Error?.Reason);
    }

    [Fact]
    public async Task It_is_not_taken_where_the_definition_does_not_say_so() =>
        Assert.Equal("id_token_algorithm", (await VerifyAsync(Sign(Secret), SampleProvider.OpenId, Secret)).Error?.Reason);

    [Theory]
    [InlineData("a-secret-of-less-than-32-bytes")]
    [InlineData(null)]
    public async Task A_short_secret_is_no_key(string? secret) =>
        Assert.Equal("id_token_algorithm", (await VerifyAsync(Sign(secret ?? ""), Both, secret)).Error?.Reason);

    private string Sign(string key, string header = """{"alg":"HS256","typ":"JWT"}""")
    {
        string signed = $"{TestKey.Encode(header)}.{TestKey.Encode(Claims)}";
        return $"{signed}.{TestKey.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(signed)))}";
    }

    private Task<Result<Authorization>> VerifyAsync(string token, ProviderDefinition definition, string? secret) =>
        Rooms.VerifyAsync(SampleProvider.At(Fake, definition, secret: secret), new IdToken(token));
}
