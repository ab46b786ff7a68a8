using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

public sealed class TokenResponseTests : CodeRoom
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"at\"")]
    [InlineData("null")]
    [InlineData("""[{"access_token":"at"}]""")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":null}""")]
    [InlineData("""{"access_token":7}""")]
    [InlineData("""{"access_token":["at"]}""")]
    [InlineData("""{"access_token":"a\r\nX-Evil: 1"}""")]
    [InlineData("""{"access_token":"\ud800"}""")]
    [InlineData("""{"access_token":"at","access_token":"other"}""")]
    [InlineData("""{"access_token":"at","token_type":"mac"}""")]
    [InlineData("""{"access_token":"at","token_type":"DPoP"}""")]
    [InlineData("""{"access_token":"at","token_type":"N_A"}""")]
    [InlineData("""{"access_token":"at","token_type":7}""")]
    [InlineData("""{"access_token":"at","token_type":["Bearer"]}""")]
    [InlineData("""{"access_token":"at","id_token":7}""")]
    [InlineData("""{"access_token":"at","id_token":""}""")]
    [InlineData("""{"id_token":"a.b.c"}""")]
    [InlineData("""{"access_token":"at",""")]
    [InlineData("<html>log in</html>")]
    public async Task Takes_an_answer_that_grants_nothing_for_a_fault_of_the_provider(string body)
    {
        Fake.On(Token, body);

        Assert.Equal(ErrorCodes.ProviderError, (await RedeemAsync()).Error?.Code);
    }

    [Theory]
    [InlineData("text/html", false)]
    [InlineData("text/plain", false)]
    [InlineData(null, false)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("application/vnd.example+json", true)]
    public async Task Takes_JSON_that_says_so(string? contentType, bool accepted)
    {
        Fake.On(Token, new FakeAnswer(200, Granted, contentType));

        Assert.Equal(accepted, (await RedeemAsync()).IsSuccess);
        Assert.True((await RedeemAsync(new TokenRequestDefinition { Response = ResponseFormat.JsonAnyType })).IsSuccess);
    }

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("\"3600\"", 3600)]
    [InlineData("0", 0)]
    [InlineData("1e18", 34560000)]
    [InlineData("999999999999999999999", 34560000)]
    [InlineData("-1", null)]
    [InlineData("\"soon\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("true", null)]
    [InlineData("{}", null)]
    public async Task Reads_a_lifetime_if_it_can_and_believes_at_most_400_days(string expiresIn, int? seconds)
    {
        Fake.On(Token, $$"""{"access_token":"at","expires_in":{{expiresIn}},"refresh_token":{"odd":1},"extra":[1]}""");

        Authorization authorization = (await RedeemAsync()).Value!;

        Assert.Equal(seconds, (authorization.AccessTokenExpiresAt - Rooms.Time.GetUtcNow())?.TotalSeconds);
        Assert.Null(authorization.RefreshToken);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [InlineData("access")]
    [InlineData("")]
    public async Task Takes_whatever_word_stands_for_bearer(string type)
    {
        Fake.On(Token, $$"""{"access_token":"at","token_type":"{{type}}"}""");

        Assert.True((await RedeemAsync()).IsSuccess);
    }

    [Fact]
    public async Task Refuses_more_than_a_megabyte()
    {
        Fake.On(Token, $$"""{"access_token":"at","x":"{{new string('x', 1024 * 1024)}}"}""");

        Assert.Equal("provider_answer_too_large", (await RedeemAsync()).Error?.Reason);
    }
}
