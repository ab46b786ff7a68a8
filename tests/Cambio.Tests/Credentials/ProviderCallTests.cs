using System.Text.Json;
using System.Text.Json.Nodes;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

public sealed class ProviderCallTests : AccessTokenRoom
{
    private const string Me = "GET /api.example/me";

    private static readonly ProviderCallDefinition Profile = new() { Url = "https://api.example/me" };

    [Fact]
    public async Task Shows_the_users_token_as_a_bearer()
    {
        Fake.On(Me, """{"id":7}""");

        Result<JsonElement> answer = await SendAsync(Profile);

        Assert.Equal("7", answer.Value.GetProperty("id").GetRawText());
        Assert.Equal("Bearer the-token", Fake.Single(Me).Header("Authorization"));
    }

    [Fact]
    public async Task Fills_in_settings_and_earlier_answers_everywhere()
    {
        Fake.On("POST /eu.api.example/users/a%2Fb/x", """{"ok":true}""");
        Fake.On("POST /eu.api.example/users/a/b/x", """{"ok":true}""");
        var call = new ProviderCallDefinition
        {
            Url = "https://{zone}.api.example/users/{profile.id}/x?v=1",
            Method = CallMethod.Post,
            Auth = CallAuthentication.None,
            Query = Map(("q", "{token.scope} & more")),
            Headers = Map(("Authorization", "OAuth {access_token}"), ("Client-Id", "{client_id}")),
            Json = new JsonObject { ["ids"] = new JsonArray("{profile.id}") },
        };

        Assert.True((await SendAsync(call, Scope())).IsSuccess);

        FakeCall sent = Assert.Single(Fake.Calls);
        Assert.Equal(("1", "a b & more"), (sent.Query["v"], sent.Query["q"]));
        Assert.Equal(("OAuth the-token", "our-client"), (sent.Header("Authorization"), sent.Header("Client-Id")));
        Assert.Equal("""{"ids":["a/b"]}""", sent.Body);
    }

    [Fact]
    public async Task Sends_a_form()
    {
        Fake.On("POST /api.example/me", "{}");

        await SendAsync(Profile with { Method = CallMethod.Post, Form = Map(("token", "{access_token}"), ("fields", "id,name")) });

        Assert.Equal("token=the-token&fields=id%2Cname", Assert.Single(Fake.Calls).Body);
    }

    [Theory]
    [InlineData("url")]
    [InlineData("query")]
    [InlineData("header")]
    [InlineData("form")]
    [InlineData("json")]
    public async Task Calls_nobody_when_it_lacks_what_a_template_names(string where)
    {
        const string Missing = "{profile.missing}";
        ProviderCallDefinition call = where switch
        {
            "url" => new() { Url = $"https://api.example/{Missing}" },
            "query" => Profile with { Query = Map(("q", Missing)) },
            "header" => Profile with { Headers = Map(("X-Q", Missing)) },
            "form" => Profile with { Form = Map(("q", Missing)) },
            _ => Profile with { Json = new JsonObject { ["q"] = new JsonObject { ["r"] = Missing } } },
        };

        Assert.Equal(ErrorCodes.ProviderError, (await SendAsync(call, Scope())).Error?.Code);
        Assert.Empty(Fake.Calls);
    }

    [Theory]
    [InlineData("a\\r\\nX-Evil: 1")]
    [InlineData("\\u0000")]
    [InlineData("\\u00e9")]
    public async Task Puts_no_line_break_of_an_answer_into_a_header(string id)
    {
        AnswerScope scope = Scope();
        scope.Add("profile", JsonDocument.Parse($$"""{"id":"{{id}}"}""").RootElement);

        Result<JsonElement> result = await SendAsync(Profile with { Headers = Map(("X-Id", "{profile.id}")) }, scope);

        Assert.Equal("provider_call_incomplete", result.Error?.Reason);
        Assert.Empty(Fake.Calls);
    }

    [Fact]
    public async Task Calls_nobody_without_a_token_to_show()
    {
        var scope = new AnswerScope(SampleProvider.At(Fake, With(Info)));

        Assert.Equal("provider_call_incomplete", (await SendAsync(Profile, scope)).Error?.Reason);
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("no", false)]
    public async Task Makes_a_call_only_when_its_condition_holds(string value, bool called)
    {
        Fake.On(Me, "{}");
        AnswerScope scope = Scope();
        scope.Add("profile", JsonDocument.Parse($$"""{"more":"{{value}}"}""").RootElement);

        Result<JsonElement> result = await SendAsync(Profile with { When = new() { Path = "profile.more", EqualTo = "yes" } }, scope);

        Assert.True(result.IsSuccess);
        Assert.Equal(called ? JsonValueKind.Object : JsonValueKind.Undefined, result.Value.ValueKind);
        Assert.Equal(called ? 1 : 0, Fake.Calls.Count);
    }

    [Fact]
    public async Task Asks_the_discovered_userinfo_endpoint_where_the_definition_has_no_address()
    {
        Fake.On("GET /id.example/.well-known/openid-configuration", """{"issuer":"https://id.example","userinfo_endpoint":"https://api.example/me"}""");
        Fake.On(Me, """{"sub":"7"}""");
        Provider provider = SampleProvider.At(Fake, new ProviderDefinition { Name = "Example", Issuer = "https://id.example" });

        Result<JsonElement> answer = await SendAsync(new ProviderCallDefinition(), new AnswerScope(provider, "the-token"));

        Assert.Equal("7", answer.Value.GetProperty("sub").GetString());
    }

    public static TheoryData<int, string, string?, string?> Answers => new()
    {
        { 200, "{}", null, null },
        { 200, """{"error":null,"id":1}""", null, null },
        { 200, """{"error":"","id":1}""", null, null },
        { 200, """{"error":{"code":190}}""", "invalid_grant", "provider_refused_200" },
        { 200, "[]", "provider_error", "provider_answer_unexpected" },
        { 200, "7", "provider_error", "provider_answer_unexpected" },
        { 200, "null", "provider_error", "provider_answer_unexpected" },
        { 200, "<html>", "provider_error", "provider_answer_unreadable" },
        { 200, """{"a":1,"a":2}""", "provider_error", "provider_answer_unreadable" },
        { 200, """{"a":1""", "provider_error", "provider_answer_unreadable" },
        { 200, """{"\ud800":1}""", "provider_error", "provider_answer_unreadable" },
        { 200, "", "provider_error", "provider_answer_unreadable" },
        { 302, "", "provider_error", "provider_redirected" },
        { 400, "{}", "invalid_grant", "provider_refused_400" },
        { 401, "", "invalid_grant", "provider_refused_401" },
        { 401, """{"error":"invalid_client"}""", "provider_error", "client_credentials_rejected" },
        { 403, "<html>", "invalid_grant", "provider_refused_403" },
        { 422, "{}", "invalid_grant", "provider_refused_422" },
        { 404, "{}", "provider_error", "provider_status_404" },
        { 405, "{}", "provider_error", "provider_status_405" },
        { 406, "{}", "provider_error", "provider_status_406" },
        { 410, "{}", "provider_error", "provider_status_410" },
        { 415, "{}", "provider_error", "provider_status_415" },
        { 418, "{}", "provider_error", "provider_status_418" },
        { 429, "{}", "temporarily_unavailable", "provider_status_429" },
        { 500, "{}", "temporarily_unavailable", "provider_status_500" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Judges_an_answer_by_whose_fault_it_is(int status, string body, string? error, string? reason)
    {
        Fake.On(Me, FakeAnswer.Json(body, status));

        Result<JsonElement> result = await SendAsync(Profile);

        Assert.Equal((error, reason), (result.Error?.Code, result.Error?.Reason));
        Assert.Equal(1, Fake.Count(Me));
    }

    [Theory]
    [InlineData(401, "{}", true)]
    [InlineData(403, "", true)]
    [InlineData(404, "{}", true)]
    [InlineData(200, """{"error":"no"}""", true)]
    [InlineData(200, "<html>", false)]
    [InlineData(200, "[]", false)]
    [InlineData(302, "", false)]
    [InlineData(500, "{}", false)]
    public async Task Goes_on_without_an_optional_answer_that_is_refused(int status, string body, bool goesOn)
    {
        Fake.On(Me, FakeAnswer.Json(body, status));

        Result<JsonElement> result = await SendAsync(Profile with { Optional = true });

        Assert.Equal(goesOn, result.IsSuccess);
        Assert.Equal(JsonValueKind.Undefined, result.Value.ValueKind);
    }

    [Theory]
    [InlineData(401, "provider_error", "client_credentials_rejected")]
    [InlineData(400, "invalid_grant", "provider_refused_400")]
    [InlineData(404, "invalid_grant", "provider_refused_404")]
    public async Task Takes_a_401_to_be_about_the_secret_that_the_call_shows(int status, string error, string reason)
    {
        Fake.On("POST /api.example/me", FakeAnswer.Json("{}", status));

        Result<JsonElement> result = await SendAsync(Profile with
        {
            Method = CallMethod.Post,
            Auth = CallAuthentication.None,
            Form = Map(("client_secret", "{client_secret}"), ("token", "{access_token}")),
        });

        Assert.Equal((error, reason), (result.Error?.Code, result.Error?.Reason));
    }

    [Fact]
    public async Task Takes_an_array_where_one_will_do()
    {
        Fake.On(Me, """[{"email":"a@example.com"}]""");

        Result<JsonElement> result = await Rooms.Get<ProviderCall>().SendAsync(Profile, Scope(), "userinfo", default, orArray: true);

        Assert.Equal(1, result.Value.GetArrayLength());
    }

    [Theory]
    [InlineData("""{"response":[{"id":7}]}""", true)]
    [InlineData("""{"response":[]}""", false)]
    [InlineData("""{"response":{"0":7}}""", false)]
    [InlineData("""{"other":{}}""", false)]
    public async Task Takes_the_wrapping_off(string body, bool found)
    {
        Fake.On(Me, body);

        Result<JsonElement> result = await SendAsync(Profile with { Unwrap = "response.0" });

        Assert.Equal(found ? null : "provider_answer_unexpected", result.Error?.Reason);
    }

    [Fact]
    public async Task Lets_a_quirk_sign_what_the_users_token_authorizes()
    {
        Fake.On(Me, "{}");
        Provider provider = SampleProvider.At(Fake, With(Info, quirk: "appsecret_proof"));
        ProviderCallDefinition[] calls =
        [
            Profile,
            Profile with { Auth = CallAuthentication.None, Query = Map(("access_token", "{access_token}")) },
            Profile with { Auth = CallAuthentication.None, Query = Map(("input", "{access_token}"), ("key", "{client_secret}")) },
            Profile with { Auth = CallAuthentication.Basic, Query = Map(("input", "{access_token}")) },
            Profile with { Auth = CallAuthentication.None },
        ];

        foreach (ProviderCallDefinition call in calls)
        {
            await SendAsync(call, new AnswerScope(provider, "the-token"));
        }

        Assert.Equal([true, true, false, false, false], Fake.Calls.Select(call => call.Query.ContainsKey("appsecret_proof")));
    }

    private AnswerScope Scope()
    {
        var scope = new AnswerScope(SampleProvider.At(Fake, With(Info), variables: new() { ["zone"] = "eu" }), "the-token");
        scope.Add("profile", JsonDocument.Parse("""{"id":"a/b"}""").RootElement);
        scope.Add("token", JsonDocument.Parse("""{"scope":"a b"}""").RootElement);
        return scope;
    }

    private Task<Result<JsonElement>> SendAsync(ProviderCallDefinition call, AnswerScope? scope = null) =>
        Rooms.Get<ProviderCall>().SendAsync(call, scope ?? Scope(), "userinfo", TestContext.Current.CancellationToken);
}
