using System.Text.Json;
using Cambio.Credentials;

namespace Cambio.Tests.Credentials;

public sealed class PublicKeyReaderTests
{
    private const string Use = "\"use\":\"sig\"";

    private static readonly string Curve = TestKey.Ec("c").Jwk;
    private static readonly string Rsa = TestKey.Rsa("a").Jwk;

    [Theory]
    [InlineData("RS256", "RSA")]
    [InlineData("PS512", "RSA")]
    [InlineData("ES256", "P-256")]
    [InlineData("ES384", "P-384")]
    [InlineData("ES512", "P-521")]
    public void Reads_keys_of_both_kinds(string algorithm, string family)
    {
        TestKey key = family == "RSA" ? TestKey.Rsa("a", algorithm) : TestKey.Ec("a", algorithm);

        PublicKey read = Assert.Single(Read(key.Jwk));

        Assert.Equal(("a", family), (read.Id, read.Family));
        Assert.True(read.Fits(algorithm));
        Assert.False(read.Fits("HS256"));
        Assert.False(read.Fits("none"));
    }

    [Theory]
    [InlineData("\"use\":\"sig\"", true)]
    [InlineData("\"x\":1", true)]
    [InlineData("\"key_ops\":[\"verify\"]", true)]
    [InlineData("\"key_ops\":[\"sign\",\"verify\"]", true)]
    [InlineData("\"use\":\"enc\"", false)]
    [InlineData("\"use\":null", false)]
    [InlineData("\"use\":[\"sig\"]", false)]
    [InlineData("\"key_ops\":[\"encrypt\"]", false)]
    [InlineData("\"key_ops\":[]", false)]
    [InlineData("\"key_ops\":\"verify\"", false)]
    [InlineData("\"use\":\"sig\",\"key_ops\":[\"encrypt\"]", false)]
    public void Passes_over_a_key_that_is_not_for_signatures(string members, bool taken) =>
        Assert.Equal(taken ? 1 : 0, Read(Rsa.Replace(Use, members, StringComparison.Ordinal)).Count);

    [Theory]
    [InlineData(1024, 0)]
    [InlineData(2048, 1)]
    [InlineData(3072, 1)]
    public void Passes_over_a_weak_key(int bits, int taken) => Assert.Equal(taken, Read(TestKey.Rsa("a", bits: bits).Jwk).Count);

    public static TheoryData<string> BrokenKeys => new()
    {
        "{}",
        "1",
        "null",
        """{"kty":"oct","k":"c2VjcmV0"}""",
        """{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""",
        """{"kty":"RSA"}""",
        """{"kty":"RSA","n":"","e":""}""",
        """{"kty":"RSA","n":7,"e":"AQAB"}""",
        """{"kty":"RSA","n":"!!","e":"AQAB"}""",
        $$"""{"kty":"RSA","n":"{{TestKey.Encode(new byte[256])}}","e":"AQAB"}""",
        $$"""{"kty":"RSA","n":"{{TestKey.Encode([.. Enumerable.Repeat((byte)0xFF, 2048)])}}","e":"AQAB"}""",
        $$"""{"kty":"RSA","n":"{{TestKey.Encode([.. Enumerable.Repeat((byte)0xFF, 256)])}}","e":"AQ"}""",
        $$"""{"kty":"RSA","n":"{{TestKey.Encode([.. Enumerable.Repeat((byte)0xFF, 256)])}}","e":"Ag"}""",
        $$"""{"kty":"RSA","n":"{{TestKey.Encode([.. Enumerable.Repeat((byte)0xFF, 256)])}}","e":"{{TestKey.Encode([.. Enumerable.Repeat((byte)0xFF, 64)])}}"}""",
        Curve.Replace("P-256", "P-192", StringComparison.Ordinal),
        Curve.Replace("P-256", "P-384", StringComparison.Ordinal),
        Curve.Replace("\"EC\"", "\"RSA\"", StringComparison.Ordinal),
        $$"""{"kty":"EC","crv":"P-256","x":"{{TestKey.Encode([.. Enumerable.Repeat((byte)1, 32)])}}","y":"{{TestKey.Encode([.. Enumerable.Repeat((byte)2, 32)])}}"}""",
    };

    [Theory]
    [MemberData(nameof(BrokenKeys))]
    public void Passes_over_a_broken_key_and_keeps_the_others(string broken) =>
        Assert.Equal("c", Assert.Single(Read(broken, Curve)).Id);

    [Fact]
    public void Reads_at_most_100_keys() => Assert.Equal(100, Read([.. Enumerable.Repeat(Curve, 150)]).Count);

    [Fact]
    public void Holds_a_key_to_the_algorithm_that_it_names()
    {
        PublicKey key = Assert.Single(Read(Rsa.Replace(Use, "\"alg\":\"PS256\"", StringComparison.Ordinal)));

        Assert.True(key.Fits("PS256"));
        Assert.False(key.Fits("RS256"));
    }

    private static List<PublicKey> Read(params string[] keys) =>
        PublicKeyReader.Read(JsonDocument.Parse($$"""{"keys":[{{string.Join(',', keys)}}]}""").RootElement);
}
