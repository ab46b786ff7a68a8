using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

public sealed class AccessTokenProofTests : AccessTokenRoom
{
    [Fact]
    public async Task Accepts_a_token_that_the_provider_says_is_ours()
    {
        Fake.On(TokenInfo, """{"aud":"our-client","azp":"our-client","sub":"7"}""");

        Authorization authorization = (await VerifyAsync(Info with { Subject = "sub" })).Value!;

        Assert.Equal(("access_token", "the-token", "7"), (authorization.Kind, authorization.AccessToken, authorization.ProvenSubject));
        Assert.Equal("our-client", authorization.Proof!.Value.GetProperty("aud").GetString());
        Assert.Null(authorization.Replay);
        Assert.Equal("the-token", Fake.Single(TokenInfo).Query["access_token"]);
    }

    [Theory]
    [InlineData("""{"aud":"our-client"}""", true)]
    [InlineData("""{"aud":"our-client","azp":"our-phone"}""", true)]
    [InlineData("""{"aud":["other","our-client"]}""", true)]
    [InlineData("""{"aud":"EVIL"}""", false)]
    [InlineData("""{"aud":"EVIL","azp":"our-client"}""", false)]
    [InlineData("""{"aud":"our-client","azp":"EVIL"}""", false)]
    [InlineData("""{"azp":"our-client"}""", false)]
    [InlineData("""{"aud":"our-clien"}""", false)]
    [InlineData("""{"aud":"our-client2"}""", false)]
    [InlineData("""{"aud":" our-client"}""", false)]
    [InlineData("""{"aud":"Our-Client"}""", false)]
    [InlineData("""{"aud":""}""", false)]
    [InlineData("""{"aud":null}""", false)]
    [InlineData("""{"aud":[]}""", false)]
    [InlineData("""{"aud":["other"]}""", false)]
    [InlineData("""{"aud":["our-client",1]}""", false)]
    [InlineData("""{"aud":{"our-client":true}}""", false)]
    [InlineData("""{"aud":true}""", false)]
    [InlineData("""{"Aud":"our-client"}""", false)]
    [InlineData("""{"user_id":"our-client"}""", false)]
    [InlineData("{}", false)]
    public async Task Compares_the_application_as_a_whole(string answer, bool accepted) =>
        Assert.Equal(accepted ? null : "audience_mismatch", await ReasonAsync(Info, answer, audiences: ["our-phone"]));

    [Fact]
    public async Task Accepts_nothing_where_the_definition_names_no_audience() =>
        Assert.Equal("audience_mismatch", await ReasonAsync(Info with { Audience = [] }, """{"aud":"our-client"}"""));

    [Theory]
    [InlineData("123456", true)]
    [InlineData("\"123456\"", true)]
    [InlineData("123457", false)]
    [InlineData("123456.0", false)]
    [InlineData("1.23456e5", false)]
    [InlineData("\"our-client\"", false)]
    public async Task Compares_a_numeric_application_digit_by_digit_with_the_variable_that_holds_it(string appId, bool accepted)
    {
        Fake.On(TokenInfo, $$"""{"app_id":{{appId}}}""");
        AccessTokenProofDefinition proof = Info with { Audience = ["app_id"], AudienceVariable = "appId" };

        Result<Authorization> result = await VerifyAsync(proof, variables: new() { ["appId"] = "123456" });

        Assert.Equal(accepted ? null : "audience_mismatch", result.Error?.Reason);
        Assert.Equal("audience_mismatch", (await VerifyAsync(proof)).Error?.Reason);
    }

    [Theory]
    [InlineData("100", true)]
    [InlineData("\"100\"", true)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("\"\"", false)]
    [InlineData("\"soon\"", false)]
    [InlineData("null", false)]
    [InlineData("1e3", false)]
    [InlineData("true", false)]
    public async Task Needs_seconds_left(string expiresIn, bool accepted) => Assert.Equal(
        accepted ? null : "proof_expired", await ReasonAsync(Info with { ExpiresIn = "expires_in" }, $$"""{"aud":"our-client","expires_in":{{expiresIn}}}"""));

    [Theory]
    [InlineData("\"2026-03-01T12:00:01+00:00\"", true)]
    [InlineData("\"2026-03-01T13:00:01.5+01:00\"", true)]
    [InlineData("\"2026-03-01T12:00:00Z\"", false)]
    [InlineData("\"2026-03-01T12:59:59+01:00\"", false)]
    [InlineData("1772366401", true)]
    [InlineData("1772366400", false)]
    [InlineData("\"1772366401\"", true)]
    [InlineData("0", true)]
    [InlineData("-1", false)]
    [InlineData("\"\"", false)]
    [InlineData("\"never\"", false)]
    [InlineData("\"23:59\"", false)]
    [InlineData("\"12/31/2030\"", false)]
    [InlineData("null", false)]
    [InlineData("{}", false)]
    public async Task Needs_an_expiry_that_lies_ahead(string expires, bool accepted) => Assert.Equal(
        accepted ? null : "proof_expired", await ReasonAsync(Info with { ExpiresAt = "expires" }, $$"""{"aud":"our-client","expires":{{expires}}}"""));

    [Fact]
    public async Task Needs_the_times_that_it_was_told_to_look_at()
    {
        Assert.Equal("proof_expired", await ReasonAsync(Info with { ExpiresIn = "expires_in" }, """{"aud":"our-client"}"""));
        Assert.Equal("proof_expired", await ReasonAsync(Info with { ExpiresAt = "expires" }, """{"aud":"our-client"}"""));
    }

    [Theory]
    [InlineData("\"42\"", "42")]
    [InlineData("42", "42")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("\"042\"", "042")]
    [InlineData("42.0", null)]
    [InlineData("4.2e1", null)]
    [InlineData("0", null)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("false", null)]
    [InlineData("[\"42\"]", null)]
    public async Task Reads_the_user_with_every_digit(string id, string? subject)
    {
        Fake.On(TokenInfo, $$"""{"aud":"our-client","user":{"id":{{id}} } }""");

        Result<Authorization> result = await VerifyAsync(Info with { Subject = "user.id" });

        Assert.Equal(subject, result.Value?.ProvenSubject);
        Assert.Equal(subject is null ? "proof_subject_missing" : null, result.Error?.Reason);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"true\"", false)]
    [InlineData("1", false)]
    [InlineData("null", false)]
    public async Task Takes_only_true_for_true(string valid, bool accepted) => Assert.Equal(
        accepted ? null : "proof_inactive",
        await ReasonAsync(Info with { Require = Conditions(new ConditionDefinition { Path = "valid", IsTrue = true }) }, $$"""{"aud":"our-client","valid":{{valid}}}"""));

    [Theory]
    [InlineData("\x09")]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a\0b")]
    [InlineData("é")]
    [InlineData("")]
    [InlineData("..")]
    public async Task Refuses_a_token_that_would_not_fit_in_a_header_or_an_address(string token)
    {
        Result<Authorization> result = await VerifyAsync(Info, token);

        Assert.Equal(ErrorCodes.InvalidRequest, result.Error?.Code);
        Assert.Empty(Fake.Calls);
    }

    [Theory]
    [InlineData(16 * 1024, true)]
    [InlineData(16 * 1024 + 1, false)]
    public async Task Refuses_a_token_that_is_too_long(int length, bool accepted)
    {
        AccessTokenProofDefinition posted = Info with { Request = new() { Url = "https://api.example/tokeninfo", Method = CallMethod.Post, Form = Map(("t", "{access_token}")) } };
        Fake.On("POST /api.example/tokeninfo", """{"aud":"our-client"}""");

        Result<Authorization> result = await VerifyAsync(posted with { Request = posted.Request with { Auth = CallAuthentication.None } }, new string('a', length));

        Assert.Equal(accepted ? null : ErrorCodes.InvalidRequest, result.Error?.Code);
    }

    [Theory]
    [InlineData("md5_signature", true)]
    [InlineData("rsa_sha256_signature", true)]
    [InlineData("appsecret_proof", false)]
    [InlineData(null, false)]
    public async Task Lets_the_signed_profile_call_be_the_proof_where_it_binds_the_token(string? quirk, bool binds)
    {
        var proof = new AccessTokenProofDefinition { Kind = AccessTokenProofKind.Signature };

        Result<Authorization> result = await Rooms.VerifyAsync(SampleProvider.At(Fake, With(proof, quirk)), new AccessToken("the-token"));

        Assert.Equal(binds ? null : "no_audience_proof", result.Error?.Reason);
        Assert.Null(result.Value?.Proof);
        Assert.Empty(Fake.Calls);
    }
}
