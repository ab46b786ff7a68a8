using System.Security.Cryptography;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

public sealed class IdTokenBindingTests : IdTokenRoom
{
    [Fact]
    public async Task Accepts_a_token_that_the_provider_signed_for_us()
    {
        Authorization authorization = await AcceptedAsync(Key.Sign(Claims));

        Assert.Equal("id_token", authorization.Kind);
        Assert.Equal("user-1", authorization.IdTokenClaims!.Value.GetProperty("sub").GetString());
        Assert.Equal(Rooms.Now + 3660, authorization.Replay!.Value.ExpiresAt.ToUnixTimeSeconds());
        Assert.Null(authorization.AccessToken);
    }

    [Fact]
    public async Task Accepts_a_token_that_an_elliptic_curve_signed() =>
        Assert.Null((await VerifyAsync(Curve.Sign(Claims))).Error);

    [Theory]
    [InlineData("N-1", NonceComparison.ExactOrSha256, true)]
    [InlineData("n-1", NonceComparison.ExactOrSha256, false)]
    [InlineData("N-2", NonceComparison.ExactOrSha256, false)]
    [InlineData("", NonceComparison.ExactOrSha256, false)]
    [InlineData(null, NonceComparison.ExactOrSha256, false)]
    [InlineData("hex", NonceComparison.ExactOrSha256, true)]
    [InlineData("base64url", NonceComparison.ExactOrSha256, true)]
    [InlineData("base64", NonceComparison.ExactOrSha256, false)]
    [InlineData("N-1", NonceComparison.Exact, true)]
    [InlineData("hex", NonceComparison.Exact, false)]
    [InlineData("base64url", NonceComparison.Exact, false)]
    public async Task Holds_the_token_to_the_nonce_that_was_sent(string? nonce, NonceComparison comparison, bool accepted)
    {
        byte[] hash = SHA256.HashData("N-1"u8);
        string? written = nonce switch
        {
            "hex" => Convert.ToHexStringLower(hash),
            "base64url" => TestKey.Encode(hash),
            "base64" => Convert.ToBase64String(hash),
            _ => nonce,
        };
        string payload = written is null ? Claims : With(Claims, "nonce", $"\"{written}\"");
        ProviderDefinition definition = SampleProvider.OpenId with { IdToken = new IdTokenDefinition { Nonce = comparison } };

        Result<Authorization> result = await Rooms.VerifyAsync(SampleProvider.At(Fake, definition), new IdToken(Key.Sign(payload), "N-1"));

        Assert.Equal(accepted ? null : "nonce_mismatch", result.Error?.Reason);
    }

    [Fact]
    public async Task Takes_an_empty_nonce_for_none() => Assert.Null((await VerifyAsync(Key.Sign(With(Claims, "nonce", "\"\"")))).Error);

    [Fact]
    public async Task Refuses_a_token_with_a_nonce_from_a_caller_that_sends_none() =>
        Assert.Equal("nonce_mismatch", (await VerifyAsync(Key.Sign(With(Claims, "nonce", "\"N-1\"")))).Error?.Reason);

    [Fact]
    public async Task Leaves_the_same_mark_for_another_signature_over_the_same_content()
    {
        Authorization first = await AcceptedAsync(Curve.Sign(Claims));
        Authorization again = await AcceptedAsync(Curve.Sign(Claims));
        Authorization other = await AcceptedAsync(Curve.Sign(With(Claims, "sub", "\"user-2\"")));

        Assert.Equal(first.Replay, again.Replay);
        Assert.NotEqual(first.Replay!.Value.Key, other.Replay!.Value.Key);
        Assert.Equal(43, first.Replay.Value.Key.Length);
    }

    [Fact]
    public async Task Leaves_another_mark_at_another_provider()
    {
        string token = Key.Sign(Claims);

        Result<Authorization> one = await Rooms.VerifyAsync(SampleProvider.At(Fake, SampleProvider.OpenId, id: "one"), new IdToken(token));
        Result<Authorization> two = await Rooms.VerifyAsync(SampleProvider.At(Fake, SampleProvider.OpenId, id: "two"), new IdToken(token));

        Assert.NotEqual(one.Value!.Replay, two.Value!.Replay);
    }
}
