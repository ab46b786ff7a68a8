using System.Text.Json;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>Userinfo answers that are JWTs (OpenID Connect Core 5.3.2).</summary>
public sealed class SignedUserinfoTests : IdTokenRoom
{
    private const string Me = "GET /id.example/me";

    private static readonly ProviderCallDefinition Call = new() { Url = "https://id.example/me", Response = ResponseFormat.Jwt };

    private string Profile => With(With(With(Claims, "exp", ""), "iat", ""), "name", "\"Ada\"");

    [Fact]
    public async Task Its_claims_are_the_answer()
    {
        Result<JsonElement> answer = await ReadAsync(Jwt(Key.Sign(Profile)));

        Assert.Null(answer.Error);
        Assert.Equal("Ada", answer.Value.GetProperty("name").GetString());
        Assert.Equal("application/jwt", Fake.Single(Me).Header("Accept"));
    }

    [Theory]
    [InlineData("iss", "", null)]
    [InlineData("iss", "\"https://evil.example\"", "issuer_mismatch")]
    [InlineData("aud", "", null)]
    [InlineData("aud", """["another","our-client"]""", null)]
    [InlineData("aud", "\"another\"", "audience_mismatch")]
    [InlineData("aud", "7", "audience_mismatch")]
    [InlineData("exp", "1772366339", "userinfo_expired")]
    [InlineData("exp", "\"soon\"", "userinfo_times")]
    [InlineData("exp", "1772370000", null)]
    public async Task Judges_what_is_there(string claim, string json, string? reason) =>
        Assert.Equal(reason, (await ReadAsync(Jwt(Key.Sign(With(Profile, claim, json))))).Error?.Reason);

    [Fact]
    public async Task Refuses_another_key() => Assert.Equal("userinfo_signature", (await ReadAsync(Jwt(TestKey.Rsa("k1").Sign(Profile)))).Error?.Reason);

    [Fact]
    public async Task Refuses_an_algorithm_that_ID_tokens_may_not_have() =>
        Assert.Equal("userinfo_algorithm", (await ReadAsync(Jwt(Key.Sign(Profile, """{"alg":"none"}""")))).Error?.Reason);

    [Fact]
    public async Task Refuses_what_is_encrypted() => Assert.Equal("userinfo_malformed", (await ReadAsync(Jwt("e30.e30.e30.e30.e30"))).Error?.Reason);

    [Fact]
    public async Task Refuses_an_answer_that_nobody_signed() =>
        Assert.Equal("provider_answer_unexpected", (await ReadAsync(FakeAnswer.Json(Profile))).Error?.Reason);

    [Fact]
    public async Task Refuses_it_where_nothing_says_who_signs() =>
        Assert.Equal("provider_answer_unexpected", (await ReadAsync(Jwt(Key.Sign(Profile)), SampleProvider.OpenId with { IdToken = null })).Error?.Reason);

    [Fact]
    public async Task A_refusal_is_read_as_ever() =>
        Assert.Equal("provider_refused_401", (await ReadAsync(FakeAnswer.Json("""{"error":"invalid_token"}""", 401))).Error?.Reason);

    private static FakeAnswer Jwt(string token) => new(200, token, "application/jwt");

    private Task<Result<JsonElement>> ReadAsync(FakeAnswer answer, ProviderDefinition? definition = null)
    {
        Fake.On(Me, answer);
        var scope = new AnswerScope(SampleProvider.At(Fake, definition ?? SampleProvider.OpenId), "the-token");
        return Rooms.Get<ProviderCall>().SendAsync(Call, scope, "userinfo", TestContext.Current.CancellationToken);
    }
}
