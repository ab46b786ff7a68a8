using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

public sealed class AuthorizationCodeRedeemerTests : CodeRoom
{
    [Fact]
    public async Task Redeems_a_code_as_the_standard_says()
    {
        Authorization authorization = (await RedeemAsync()).Value!;

        Assert.Equal(("code", "at-1", "rt-1"), (authorization.Kind, authorization.AccessToken, authorization.RefreshToken));
        Assert.Equal(Rooms.Time.GetUtcNow().AddHours(1), authorization.AccessTokenExpiresAt);
        Assert.Equal("x", authorization.TokenResponse!.Value.GetProperty("scope").GetString());
        Assert.Null(authorization.Replay);
        FakeCall call = Fake.Single(Token);
        Assert.Equal("application/x-www-form-urlencoded", call.Header("Content-Type"));
        Assert.Equal("application/json", call.Header("Accept"));
        Assert.Equal(
            "grant_type=authorization_code&code=the-code&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&code_verifier=the-verifier"
            + "&client_id=our-client&client_secret=our-secret",
            call.Body);
    }

    [Fact]
    public async Task Sends_neither_address_nor_verifier_where_there_was_none()
    {
        await RedeemAsync(code: new AuthorizationCode("the-code"));

        Assert.Equal("grant_type=authorization_code&code=the-code&client_id=our-client&client_secret=our-secret", Fake.Single(Token).Body);
    }

    [Fact]
    public async Task Writes_the_parameters_the_way_the_provider_reads_them()
    {
        await RedeemAsync(new TokenRequestDefinition
        {
            Rename = Map(("client_id", "client_key"), ("code", "auth_code")),
            Omit = ["redirect_uri", "code_verifier"],
            Parameters = Map(("grant_type", "special"), ("app", "{client_id}-{zone}")),
            Headers = Map(("Api-Version", "2"), ("accept", "application/vnd.example+json")),
            Body = RequestBody.Json,
        }, variables: new() { ["zone"] = "eu" });

        FakeCall call = Fake.Single(Token);
        Assert.Equal(
            """{"auth_code":"the-code","client_key":"our-client","client_secret":"our-secret","grant_type":"special","app":"our-client-eu"}""", call.Body);
        Assert.Equal(("2", "application/vnd.example+json"), (call.Header("Api-Version"), call.Header("Accept")));
    }

    [Fact]
    public async Task Redeems_with_GET_where_the_provider_knows_nothing_else()
    {
        Fake.On("GET /api.example/token", Granted);

        Assert.True((await RedeemAsync(new TokenRequestDefinition { Method = CallMethod.Get })).IsSuccess);

        FakeCall call = Fake.Single("GET /api.example/token");
        Assert.Equal(("the-code", "our-secret", ""), (call.Query["code"], call.Query["client_secret"], call.Body));
    }

    [Fact]
    public async Task Reads_an_answer_that_is_wrapped_named_otherwise_or_form_encoded()
    {
        Fake.On(Token, """{"status":"ok","data":{"user_token":{"value":"at-2"},"open_id":"7","token_type":"user"}}""");
        Authorization wrapped = (await RedeemAsync(new TokenRequestDefinition
        {
            Unwrap = "data",
            Map = new Dictionary<string, TextList> { ["access_token"] = ["nowhere", "user_token.value"], ["token_type"] = ["kind"] },
        })).Value!;
        Assert.Equal(("at-2", "7"), (wrapped.AccessToken, wrapped.TokenResponse!.Value.GetProperty("open_id").GetString()));

        Fake.On(Token, new FakeAnswer(200, "access_token=at%2B3&expires=60&token_type=bearer", "text/plain"));
        Authorization form = (await RedeemAsync(new TokenRequestDefinition { Response = ResponseFormat.Form, Map = new Dictionary<string, TextList> { ["expires_in"] = ["expires"] } })).Value!;
        Assert.Equal(("at+3", Rooms.Time.GetUtcNow().AddMinutes(1)), (form.AccessToken, form.AccessTokenExpiresAt));
    }

    [Fact]
    public async Task Finds_the_token_endpoint_by_discovery()
    {
        Fake.On("GET /id.example/.well-known/openid-configuration", """{"issuer":"https://id.example","token_endpoint":"https://api.example/token"}""");

        Result<Authorization> result = await Rooms.VerifyAsync(
            SampleProvider.At(Fake, new ProviderDefinition { Name = "Example", Issuer = "https://id.example" }), Code);

        Assert.Equal("at-1", result.Value?.AccessToken);
    }

    public static TheoryData<int, string, string, string> Refusals => new()
    {
        { 400, """{"error":"invalid_grant"}""", "invalid_grant", "provider_refused_400" },
        { 401, """{"error":"invalid_grant"}""", "invalid_grant", "provider_refused_401" },
        { 400, """{"error":"invalid_request"}""", "invalid_grant", "provider_refused_400" },
        { 400, """{"error":{"message":"This authorization code has been used.","code":100}}""", "invalid_grant", "provider_refused_400" },
        { 400, """{"status":400,"message":"Invalid authorization code"}""", "invalid_grant", "provider_refused_400" },
        { 403, """{"error":"access_denied"}""", "invalid_grant", "provider_refused_403" },
        { 200, """{"error":"bad_verification_code"}""", "invalid_grant", "provider_refused_200" },
        { 200, """{"error":"incorrect_client_credentials"}""", "provider_error", "client_credentials_rejected" },
        { 400, """{"error":"invalid_client"}""", "provider_error", "client_credentials_rejected" },
        { 401, """{"error":"invalid_client"}""", "provider_error", "client_credentials_rejected" },
        { 401, "", "provider_error", "client_credentials_rejected" },
        { 400, """{"error":"unauthorized_client"}""", "provider_error", "token_request_rejected" },
        { 400, """{"error":"unsupported_grant_type"}""", "provider_error", "token_request_rejected" },
        { 400, """{"error":"temporarily_unavailable"}""", "temporarily_unavailable", "provider_refused_for_now" },
        { 400, "<html>", "provider_error", "provider_status_400" },
        { 403, "<html>", "provider_error", "provider_status_403" },
        { 404, """{"error":"Not Found"}""", "provider_error", "provider_status_404" },
        { 405, "{}", "provider_error", "provider_status_405" },
        { 302, "", "provider_error", "provider_redirected" },
        { 429, "{}", "temporarily_unavailable", "provider_status_429" },
        { 500, "{}", "temporarily_unavailable", "provider_status_500" },
        { 503, "{}", "temporarily_unavailable", "provider_status_503" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Says_whose_fault_it_is_and_never_tries_again(int status, string body, string error, string reason)
    {
        Fake.On(Token, FakeAnswer.Json(body, status));

        Result<Authorization> result = await RedeemAsync();

        Assert.Equal((error, reason), (result.Error?.Code, result.Error?.Reason));
        Assert.Equal(1, Fake.Count(Token));
    }

    [Theory]
    [InlineData("""{"code":40029,"access_token":"at"}""", "provider_refused_200")]
    [InlineData("""{"ok":false,"access_token":"at"}""", "provider_refused_200")]
    [InlineData("""{"code":0,"ok":true,"access_token":"at"}""", null)]
    public async Task Sees_a_refusal_inside_a_200_as_the_definition_tells_it(string body, string? reason)
    {
        Fake.On(Token, body);
        var errors = new Dictionary<string, ConditionDefinition>
        {
            ["code"] = new() { Path = "code", Present = true },
            ["not ok"] = new() { Path = "ok", IsTrue = false },
            ["elsewhere"] = new() { Path = "access_token", Present = true, Variable = "zone", Is = ["moon"] },
        };

        Assert.Equal(reason, (await RedeemAsync(new TokenRequestDefinition { Errors = errors })).Error?.Reason);
    }

    [Fact]
    public async Task Never_tries_again_when_the_connection_breaks()
    {
        Fake.On(Token, FakeAnswer.Json(Granted) with { Cut = true });

        Result<Authorization> result = await RedeemAsync();

        Assert.Equal((ErrorCodes.TemporarilyUnavailable, "provider_unreachable"), (result.Error?.Code, result.Error?.Reason));
        Assert.Equal(1, Fake.Count(Token));
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("-5", 5)]
    [InlineData("1000000000", 300)]
    [InlineData("Sun, 01 Mar 2026 12:01:00 GMT", 60)]
    public async Task Says_when_to_come_back(string retryAfter, int seconds)
    {
        Fake.On(Token, FakeAnswer.Json("{}", 429) with { Headers = Map(("Retry-After", retryAfter)) });

        Assert.Equal(TimeSpan.FromSeconds(seconds), (await RedeemAsync()).Error?.RetryAfter);
    }

    private static Dictionary<string, string> Map(params (string Name, string Value)[] pairs) => pairs.ToDictionary(p => p.Name, p => p.Value);
}
