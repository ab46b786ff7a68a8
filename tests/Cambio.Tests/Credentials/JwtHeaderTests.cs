using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

public sealed class JwtHeaderTests : IdTokenRoom
{
    public static TheoryData<string, string> BadHeaders => new()
    {
        { """{"alg":"none","kid":"k1"}""", "id_token_algorithm" },
        { """{"alg":"None","kid":"k1"}""", "id_token_algorithm" },
        { """{"alg":"rs256","kid":"k1"}""", "id_token_algorithm" },
        { """{"alg":"HS256","kid":"k1"}""", "id_token_algorithm" },
        { """{"alg":"RS384","kid":"k1"}""", "id_token_algorithm" },
        { """{"alg":"PS256","kid":"k1"}""", "id_token_algorithm" },
        { """{"alg":"EdDSA","kid":"k1"}""", "id_token_algorithm" },
        { """{"alg":["RS256"],"kid":"k1"}""", "id_token_algorithm" },
        { """{"kid":"k1"}""", "id_token_algorithm" },
        { """{"alg":"RS256","alg":"none","kid":"k1"}""", "id_token_malformed" },
        { """{"alg":"RS256","kid":"k1","kid":"k1"}""", "id_token_malformed" },
        { """{"alg":"RS256","kid":"k1","\u0061lg":"RS256"}""", "id_token_malformed" },
        { """{"alg":"RS256","kid":"k1","typ":"at+jwt"}""", "id_token_type" },
        { """{"alg":"RS256","kid":"k1","typ":"logout+jwt"}""", "id_token_type" },
        { """{"alg":"RS256","kid":"k1","typ":null}""", "id_token_type" },
        { """{"alg":"RS256","kid":"k1","typ":["JWT"]}""", "id_token_type" },
        { """{"alg":"RS256","kid":"k1","crit":["b64"],"b64":false}""", "id_token_critical_header" },
        { """{"alg":"RS256","kid":"k1","crit":["exp"]}""", "id_token_critical_header" },
        { """{"alg":"RS256","kid":"k1","b64":false}""", "id_token_critical_header" },
        { """{"alg":"RS256","kid":7}""", "id_token_key_id" },
        { """{"alg":"RS256","kid":{"a":1}}""", "id_token_key_id" },
        { """{"alg":"RS256","kid":""}""", "id_token_key_id" },
        { """["RS256"]""", "id_token_malformed" },
        { """{"alg":"RS256","kid":"k1"} """ + "{}", "id_token_malformed" },
        { """{"alg":"RS256","kid":"k1","x":"\ud800","\ud800":1}""", "id_token_malformed" },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public async Task Refuses_a_header_before_anybody_is_asked_for_keys(string header, string reason)
    {
        await RefusedAsync(Key.Sign(Claims, header), reason);

        Assert.Empty(Fake.Calls);
    }

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"k1"}""")]
    [InlineData("""{"alg":"RS256","kid":"k1","typ":"jwt"}""")]
    [InlineData("""{"alg":"RS256","kid":"k1","x5t":"x","purpose":"login"}""")]
    public async Task Accepts_a_header_that_says_no_more_than_it_needs(string header) =>
        Assert.Null((await VerifyAsync(Key.Sign(Claims, header))).Error);

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("' OR 1=1--")]
    [InlineData("http://evil.example/")]
    [InlineData("__proto__")]
    [InlineData("K1")]
    [InlineData("k1 ")]
    public async Task Compares_the_key_id_and_does_nothing_else_with_it(string kid)
    {
        await RefusedAsync(Key.Sign(Claims, $$"""{"alg":"RS256","kid":"{{kid}}"}"""), "signing_key_unknown");

        Assert.All(Fake.Calls, call => Assert.Equal("GET /id.example/keys", call.Name));
    }

    [Fact]
    public async Task Refuses_a_key_id_of_ten_kilobytes() =>
        await RefusedAsync(Key.Sign(Claims, $$"""{"alg":"RS256","kid":"{{new string('k', 10240)}}"}"""), "id_token_key_id");

    [Theory]
    [InlineData("jku")]
    [InlineData("x5u")]
    public async Task Never_visits_an_address_in_the_header(string parameter)
    {
        TestKey attacker = TestKey.Rsa("k1");
        string header = $$"""{"alg":"RS256","kid":"k1","{{parameter}}":"{{Fake.Address}}attacker/keys"}""";

        await RefusedAsync(attacker.Sign(Claims, header), "id_token_signature");

        Assert.Equal(0, Fake.Count("GET /attacker/keys"));
    }

    [Fact]
    public async Task Never_takes_a_key_from_the_header()
    {
        TestKey attacker = TestKey.Rsa("k1");

        await RefusedAsync(attacker.Sign(Claims, $$"""{"alg":"RS256","kid":"k1","jwk":{{attacker.Jwk}}}"""), "id_token_signature");
        await RefusedAsync(attacker.Sign(Claims, $$"""{"alg":"RS256","jwk":{{attacker.Jwk}},"x5c":["MIIB"]}"""), "id_token_signature");
    }

    [Fact]
    public async Task Refuses_a_symmetric_signature_made_with_the_public_key()
    {
        string signed = $"{TestKey.Encode("""{"alg":"HS256","kid":"k1"}""")}.{TestKey.Encode(Claims)}";
        string token = $"{signed}.{TestKey.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key.Jwk), Encoding.ASCII.GetBytes(signed)))}";

        await RefusedAsync(token, "id_token_algorithm");
        await RefusedAsync(token, "id_token_algorithm", SampleProvider.OpenId with { IdToken = new IdTokenDefinition { Algorithms = ["HS256", "none"] } });
    }

    [Fact]
    public async Task Refuses_a_key_of_another_kind_than_the_algorithm()
    {
        // k2 is a curve: the header may name it, but RS256 does not fit it.
        await RefusedAsync(Key.Sign(Claims, """{"alg":"RS256","kid":"k2"}"""), "signing_key_unknown");
    }
}
