using Cambio.Tests.Credentials;

namespace Cambio.Tests.Signals;

/// <summary>What every format that is a JWT has in common: who signs, for whom, which one, when.</summary>
public abstract class SignedTokens : SignalRoom
{
    private static readonly TestKey Foreign = TestKey.Rsa("k1");

    /// <summary>The beginning of the private reasons.</summary>
    private protected abstract string Kind { get; }

    /// <summary>The type that the format has of its own.</summary>
    private protected abstract string Type { get; }

    /// <summary>Claims that are good, and end Ada's sessions.</summary>
    private protected abstract string Claims { get; }

    [Fact]
    public async Task Takes_a_good_one()
    {
        await AcceptedAsync(Key.Sign(Claims));

        Assert.Equal(["s-bob", "s-eve"], Open);
        Assert.Equal(("success", "example", Named("ada").User.Id), (Audit.Last.Outcome, Audit.Last.Provider, Audit.Last.UserId));
    }

    [Theory]
    [InlineData("iss", "", "issuer_mismatch")]
    [InlineData("iss", "\"https://id.example/\"", "issuer_mismatch")]
    [InlineData("iss", "\"https://other.example\"", "issuer_mismatch")]
    [InlineData("iss", "[\"https://id.example\"]", "issuer_mismatch")]
    [InlineData("aud", "", "audience_mismatch")]
    [InlineData("aud", "\"another-client\"", "audience_mismatch")]
    [InlineData("aud", "[]", "audience_mismatch")]
    [InlineData("aud", "[\"another-client\"]", "audience_mismatch")]
    [InlineData("aud", "7", "audience_mismatch")]
    [InlineData("jti", "", "signal_id_missing")]
    [InlineData("jti", "\"\"", "signal_id_missing")]
    [InlineData("jti", "7", "signal_id_missing")]
    public async Task Refuses_what_another_says_or_to_another(string claim, string json, string reason) =>
        await RefusedAsync(Key.Sign(With(Claims, claim, json)), reason);

    [Theory]
    [InlineData("iat", "", "times")]
    [InlineData("iat", "\"now\"", "times")]
    [InlineData("iat", "1772366461", "not_yet_valid")]
    [InlineData("nbf", "1772366461", "not_yet_valid")]
    [InlineData("exp", "1772366340", "expired")]
    [InlineData("exp", "-1", "times")]
    [InlineData("events", "", null)]
    [InlineData("events", "[]", null)]
    [InlineData("events", "{}", null)]
    [InlineData("events", "\"backchannel-logout\"", null)]
    public async Task Refuses_what_is_out_of_time_or_says_nothing(string claim, string json, string? reason) =>
        await RefusedAsync(Key.Sign(With(Claims, claim, json)), $"{Kind}_{reason ?? NoEvent}");

    [Fact]
    public async Task Takes_it_for_one_of_several_audiences()
    {
        await AcceptedAsync(Key.Sign(With(Claims, "aud", """["another-client","our-client"]""")));

        Assert.Equal(["s-bob", "s-eve"], Open);
    }

    [Fact]
    public async Task Takes_its_own_type()
    {
        await AcceptedAsync(Key.Sign(Claims, $$"""{"alg":"RS256","typ":"{{Type}}","kid":"k1"}"""));

        Assert.Equal(["s-bob", "s-eve"], Open);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""", "algorithm")]
    [InlineData("""{"alg":"HS256","kid":"k1"}""", "algorithm")]
    [InlineData("""{"alg":"RS512","kid":"k1"}""", "algorithm")]
    [InlineData("""{"kid":"k1"}""", "algorithm")]
    [InlineData("""{"alg":"RS256","kid":"k1","typ":"at+jwt"}""", "type")]
    [InlineData("""{"alg":"RS256","kid":"k1","crit":["exp"],"exp":1}""", "critical_header")]
    public async Task Refuses_a_header_that_is_not_pinned(string header, string reason) => await RefusedAsync(Key.Sign(Claims, header), $"{Kind}_{reason}");

    [Fact]
    public async Task Refuses_another_key_of_the_same_name() => await RefusedAsync(Foreign.Sign(Claims), $"{Kind}_signature");

    [Fact]
    public async Task Refuses_a_key_that_the_provider_does_not_publish() =>
        await RefusedAsync(Foreign.Sign(Claims, """{"alg":"RS256","kid":"k9"}"""), "signing_key_unknown");

    [Fact]
    public async Task Refuses_a_signature_over_other_claims()
    {
        string[] one = Key.Sign(Claims).Split('.');
        string[] other = Key.Sign(With(Claims, "jti", "\"another\"")).Split('.');

        await RefusedAsync($"{one[0]}.{other[1]}.{one[2]}", $"{Kind}_signature");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("e30.e30")]
    [InlineData("e30.e30.e30.e30.e30")]
    public async Task Refuses_what_is_no_token(string token) => await RefusedAsync(token, $"{Kind}_malformed");

    [Fact]
    public async Task Says_that_the_keys_cannot_be_had_so_that_it_is_sent_again()
    {
        Fake.On("GET /id.example/keys", FakeAnswer.Json("{}", 503));

        Assert.Equal(ErrorCodes.TemporarilyUnavailable, (await ReceiveAsync(Key.Sign(Claims))).Error?.Code);
        Assert.Equal(["s-ada", "s-bob", "s-eve"], Open);
    }

    /// <summary>The reason for claims that tell no event.</summary>
    private protected abstract string NoEvent { get; }
}
