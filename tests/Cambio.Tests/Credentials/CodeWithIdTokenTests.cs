using System.Security.Cryptography;
using System.Text;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

public sealed class CodeWithIdTokenTests : IdTokenRoom
{
    private const string Token = "POST /id.example/token";

    [Fact]
    public async Task Validates_the_token_that_comes_with_a_code_and_leaves_no_mark()
    {
        Authorization authorization = (await RedeemAsync(Claims)).Value!;

        Assert.Equal("user-1", authorization.IdTokenClaims!.Value.GetProperty("sub").GetString());
        Assert.Equal("at-1", authorization.AccessToken);
        Assert.Null(authorization.Replay);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("ES512")]
    public async Task Ties_the_access_token_to_it(string algorithm)
    {
        TestKey key = algorithm[0] == 'E' ? TestKey.Ec("k9", algorithm) : TestKey.Rsa("k9", algorithm);
        Fake.On("GET /id.example/keys", TestKey.Document(key));
        ProviderDefinition definition = SampleProvider.OpenId with { IdToken = new IdTokenDefinition { Algorithms = [algorithm] } };
        byte[] hash = CryptographicOperations.HashData(new HashAlgorithmName($"SHA{algorithm[2..]}"), Encoding.ASCII.GetBytes("at-1"));
        string half = TestKey.Encode(hash[..(hash.Length / 2)]);

        Assert.Null((await RedeemAsync(With(Claims, "at_hash", $"\"{half}\""), key: key, definition: definition)).Error);
        Assert.Equal("at_hash_mismatch", (await RedeemAsync(With(Claims, "at_hash", $"\"{TestKey.Encode(hash)}\""), key: key, definition: definition)).Error?.Reason);
        Assert.Equal("at_hash_mismatch", (await RedeemAsync(With(Claims, "at_hash", "null"), key: key, definition: definition)).Error?.Reason);
        Assert.Equal("at_hash_mismatch", (await RedeemAsync(With(Claims, "at_hash", "7"), key: key, definition: definition)).Error?.Reason);
    }

    [Theory]
    [InlineData("\"N-1\"", null)]
    [InlineData("\"N-2\"", "nonce_mismatch")]
    [InlineData("\"n-1\"", "nonce_mismatch")]
    [InlineData("", "nonce_mismatch")]
    public async Task Holds_it_to_the_nonce_of_the_flow(string nonce, string? reason) =>
        Assert.Equal(reason, (await RedeemAsync(With(Claims, "nonce", nonce), nonce: "N-1")).Error?.Reason);

    [Fact]
    public async Task Refuses_the_code_when_the_token_is_bad() =>
        Assert.Equal("audience_mismatch", (await RedeemAsync(With(Claims, "aud", "\"other\""))).Error?.Reason);

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Does_without_access_token_where_the_ID_token_is_the_whole_profile(bool complete, bool accepted)
    {
        ProviderDefinition definition = SampleProvider.OpenId with { IdToken = new IdTokenDefinition { Complete = complete } };
        Fake.On(Token, $$"""{"id_token":"{{Key.Sign(Claims)}}"}""");

        Result<Authorization> result = await Rooms.VerifyAsync(SampleProvider.At(Fake, definition), new AuthorizationCode("c"));

        Assert.Equal(accepted ? null : ErrorCodes.ProviderError, result.Error?.Code);
    }

    [Fact]
    public async Task Ignores_an_ID_token_that_the_definition_does_not_know()
    {
        Result<Authorization> result = await RedeemAsync("{}", definition: SampleProvider.OpenId with { IdToken = null });

        Assert.Equal(("at-1", false), (result.Value?.AccessToken, result.Value?.IdTokenClaims.HasValue));
    }

    private Task<Result<Authorization>> RedeemAsync(string payload, string? nonce = null, TestKey? key = null, ProviderDefinition? definition = null)
    {
        Fake.On(Token, $$"""{"access_token":"at-1","token_type":"Bearer","id_token":"{{(key ?? Key).Sign(payload)}}"}""");
        return Rooms.VerifyAsync(
            SampleProvider.At(Fake, definition ?? SampleProvider.OpenId), new AuthorizationCode("the-code") { Nonce = nonce });
    }
}
