using System.Text.Json.Nodes;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>The dialects in which well-known providers name the application of a token.</summary>
public sealed class KnownProofsTests : AccessTokenRoom
{
    private static readonly AccessTokenProofDefinition DebugToken = new()
    {
        Request = new ProviderCallDefinition
        {
            Url = "https://graph.example/debug_token",
            Query = Map(("input_token", "{access_token}"), ("access_token", "{client_id}|{client_secret}")),
            Auth = CallAuthentication.None,
            Unwrap = "data",
        },
        Audience = ["app_id"],
        Subject = "user_id",
        ExpiresAt = "expires_at",
        Require = Conditions(new() { Path = "is_valid", IsTrue = true }, new() { Path = "type", EqualTo = "USER" }),
    };

    private static readonly AccessTokenProofDefinition ApplicationCheck = new()
    {
        Request = new ProviderCallDefinition
        {
            Url = "https://api.example/applications/{client_id}/token",
            Method = CallMethod.Post,
            Auth = CallAuthentication.Basic,
            Json = new JsonObject { ["access_token"] = "{access_token}", ["deep"] = new JsonArray("{client_id}", 1, true, null) },
        },
        Audience = ["app.client_id"],
        Subject = "user.id",
    };

    private static readonly AccessTokenProofDefinition CurrentAuthorization = new()
    {
        Request = new ProviderCallDefinition { Url = "https://api.example/oauth2/@me" },
        Audience = ["application.id"],
        Subject = "user.id",
        ExpiresAt = "expires",
    };

    [Theory]
    [InlineData("""{"data":{"app_id":"our-client","is_valid":true,"type":"USER","user_id":"42","expires_at":0}}""", null)]
    [InlineData("""{"data":{"app_id":"EVIL","is_valid":true,"type":"USER","user_id":"42","expires_at":0}}""", "audience_mismatch")]
    [InlineData("""{"data":{"app_id":"our-client","is_valid":false,"type":"USER","user_id":"42","expires_at":0}}""", "proof_inactive")]
    [InlineData("""{"data":{"app_id":"our-client","is_valid":"true","type":"USER","user_id":"42","expires_at":0}}""", "proof_inactive")]
    [InlineData("""{"data":{"app_id":"our-client","is_valid":true,"type":"APP","user_id":"42","expires_at":0}}""", "proof_inactive")]
    [InlineData("""{"data":{"app_id":"our-client","is_valid":true,"type":"PAGE","user_id":"42","expires_at":0}}""", "proof_inactive")]
    [InlineData("""{"data":{"app_id":"our-client","is_valid":true,"type":"USER","expires_at":0}}""", "proof_subject_missing")]
    [InlineData("""{"data":{"app_id":"our-client","is_valid":true,"type":"USER","user_id":"42","expires_at":1772366399}}""", "proof_expired")]
    [InlineData("""{"error":{"message":"Invalid OAuth access token.","code":190}}""", "provider_refused_200")]
    public async Task Judges_debug_token(string answer, string? reason)
    {
        Fake.On("GET /graph.example/debug_token", answer);

        Result<Authorization> result = await Rooms.VerifyAsync(
            SampleProvider.At(Fake, With(DebugToken, quirk: "appsecret_proof")), new AccessToken("the-token"));

        Assert.Equal(reason, result.Error?.Reason);
        FakeCall call = Fake.Single("GET /graph.example/debug_token");
        Assert.Equal(("the-token", "our-client|our-secret"), (call.Query["input_token"], call.Query["access_token"]));
        Assert.False(call.Query.ContainsKey("appsecret_proof"), "The call is authorized by the application's token, not by the user's.");
        Assert.Null(call.Header("Authorization"));
    }

    [Theory]
    [InlineData(200, """{"app":{"client_id":"our-client"},"user":{"id":42}}""", null, null)]
    [InlineData(200, """{"app":{"client_id":"other"},"user":{"id":42}}""", "invalid_grant", "audience_mismatch")]
    [InlineData(404, """{"message":"Not Found"}""", "invalid_grant", "provider_refused_404")]
    [InlineData(422, """{"message":"Validation Failed"}""", "invalid_grant", "provider_refused_422")]
    [InlineData(401, """{"message":"Bad credentials"}""", "provider_error", "client_credentials_rejected")]
    public async Task Judges_the_check_of_a_token_by_its_application(int status, string body, string? error, string? reason)
    {
        Fake.On("POST /api.example/applications/our-client/token", FakeAnswer.Json(body, status));

        Result<Authorization> result = await VerifyAsync(ApplicationCheck, "a\"b\\{c");

        Assert.Equal((error, reason), (result.Error?.Code, result.Error?.Reason));
        FakeCall call = Fake.Single("POST /api.example/applications/our-client/token");
        Assert.Equal("Basic b3VyLWNsaWVudDpvdXItc2VjcmV0", call.Header("Authorization"));
        Assert.Equal("application/json", call.Header("Content-Type"));
        JsonNode sent = JsonNode.Parse(call.Body)!;
        Assert.Equal("a\"b\\{c", (string?)sent["access_token"]);
        Assert.Equal("""["our-client",1,true,null]""", sent["deep"]!.ToJsonString());
        Assert.Equal("{access_token}", (string?)ApplicationCheck.Request!.Json!["access_token"]);
    }

    [Theory]
    [InlineData("""{"application":{"id":"our-client"},"expires":"2026-03-02T00:00:00.882000+00:00","user":{"id":"80351110224678912"}}""", null)]
    [InlineData("""{"application":{"id":"999"},"expires":"2026-03-02T00:00:00+00:00","user":{"id":"80351110224678912"}}""", "audience_mismatch")]
    [InlineData("""{"application":{"id":"our-client"},"expires":"2026-03-02T00:00:00+00:00"}""", "proof_subject_missing")]
    [InlineData("""{"application":null,"expires":"2026-03-02T00:00:00+00:00","user":{"id":"1"}}""", "audience_mismatch")]
    public async Task Judges_the_current_authorization(string answer, string? reason)
    {
        Fake.On("GET /api.example/oauth2/@me", answer);

        Result<Authorization> result = await VerifyAsync(CurrentAuthorization);

        Assert.Equal(reason, result.Error?.Reason);
        Assert.Equal("Bearer the-token", Fake.Single("GET /api.example/oauth2/@me").Header("Authorization"));
    }
}
