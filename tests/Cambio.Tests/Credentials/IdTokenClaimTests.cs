using Cambio.Credentials;

namespace Cambio.Tests.Credentials;

public sealed class IdTokenClaimTests : IdTokenRoom
{
    public static TheoryData<string, string, string> BadClaims => new()
    {
        { "iss", "\"https://evil.example\"", "issuer_mismatch" },
        { "iss", "\"https://id.example/\"", "issuer_mismatch" },
        { "iss", "\"HTTPS://id.example\"", "issuer_mismatch" },
        { "iss", "[\"https://id.example\"]", "issuer_mismatch" },
        { "iss", "null", "issuer_mismatch" },
        { "iss", "", "issuer_mismatch" },
        { "aud", "\"other\"", "audience_mismatch" },
        { "aud", "\"OUR-CLIENT\"", "audience_mismatch" },
        { "aud", "\"our-client \"", "audience_mismatch" },
        { "aud", "\"\"", "audience_mismatch" },
        { "aud", "[]", "audience_mismatch" },
        { "aud", "[null]", "audience_mismatch" },
        { "aud", "[\"our-client\",1]", "audience_mismatch" },
        { "aud", "{\"our-client\":1}", "audience_mismatch" },
        { "aud", "", "audience_mismatch" },
        { "aud", "[\"our-client\",\"other\"]", "authorized_party_missing" },
        { "azp", "\"other\"", "authorized_party_mismatch" },
        { "azp", "null", "authorized_party_mismatch" },
        { "azp", "[\"our-client\"]", "authorized_party_mismatch" },
        { "exp", "", "id_token_times" },
        { "exp", "null", "id_token_times" },
        { "exp", "\"never\"", "id_token_times" },
        { "exp", "\"4102444800\"", "id_token_times" },
        { "exp", "1e300", "id_token_times" },
        { "exp", "4102444800.5", "id_token_times" },
        { "exp", "-1", "id_token_times" },
        { "exp", "999999999999999", "id_token_times" },
        { "exp", "{\"at\":4102444800}", "id_token_times" },
        { "exp", "true", "id_token_times" },
        { "nbf", "\"0\"", "id_token_times" },
        { "nbf", "0.5", "id_token_times" },
        { "nbf", "4102444800", "id_token_not_yet_valid" },
        { "iat", "\"0\"", "id_token_times" },
        { "iat", "[]", "id_token_times" },
        { "iat", "4102444800", "id_token_not_yet_valid" },
        { "sub", "", "id_token_subject_missing" },
        { "sub", "\"\"", "id_token_subject_missing" },
        { "sub", "null", "id_token_subject_missing" },
        { "sub", "0", "id_token_subject_missing" },
        { "sub", "4.2e1", "id_token_subject_missing" },
        { "sub", "false", "id_token_subject_missing" },
        { "sub", "[]", "id_token_subject_missing" },
        { "sub", "{}", "id_token_subject_missing" },
        { "events", "{\"http://schemas.openid.net/event/backchannel-logout\":{}}", "id_token_type" },
    };

    [Theory]
    [MemberData(nameof(BadClaims))]
    public async Task Refuses_a_well_signed_token_whose_claims_are_not_right(string claim, string json, string reason)
    {
        string payload = With(Claims, claim, json);

        await RefusedAsync(Key.Sign(payload), reason);

        Assert.Empty(Fake.Calls);
    }

    [Theory]
    [InlineData("aud", "[\"our-client\"]")]
    [InlineData("azp", "\"our-client\"")]
    [InlineData("sub", "42")]
    [InlineData("sub", "90071992547409931234")]
    [InlineData("nbf", "0")]
    [InlineData("iat", "0")]
    public async Task Accepts_every_spelling_that_the_standard_allows(string claim, string json) =>
        Assert.Null((await VerifyAsync(Key.Sign(With(Claims, claim, json)))).Error);

    [Theory]
    [InlineData("other", false)]
    [InlineData("our-client", true)]
    [InlineData("our-phone", true)]
    public async Task Needs_a_party_of_ours_when_there_are_several_audiences(string party, bool accepted)
    {
        string payload = With(With(Claims, "aud", "[\"our-client\",\"other\"]"), "azp", $"\"{party}\"");

        Result<Authorization> result = await Rooms.VerifyAsync(
            SampleProvider.At(Fake, SampleProvider.OpenId, audiences: ["our-phone"]), new IdToken(Key.Sign(payload)));

        Assert.Equal(accepted, result.IsSuccess);
    }

    [Theory]
    [InlineData("exp", -61, false)]
    [InlineData("exp", -60, false)]
    [InlineData("exp", -59, true)]
    [InlineData("nbf", 60, true)]
    [InlineData("nbf", 61, false)]
    [InlineData("iat", 60, true)]
    [InlineData("iat", 61, false)]
    public async Task Allows_a_minute_between_the_clocks(string claim, int seconds, bool accepted)
    {
        Result<Authorization> result = await VerifyAsync(Key.Sign(With(Claims, claim, $"{Rooms.Now + seconds}")));

        Assert.Equal(accepted, result.IsSuccess);
    }

    [Fact]
    public async Task Refuses_a_subject_that_is_no_Unicode_text() =>
        await RefusedAsync(Key.Sign(With(Claims, "sub", "\"\\ud800\"")), "id_token_subject_missing");
}
