using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>The same accident, wherever it happens, has the same outcome.</summary>
public sealed class ProviderFaultTests : IdTokenRoom
{
    private static readonly Dictionary<string, (string Call, Func<Credential> Credential)> Calls = new()
    {
        ["token"] = ("POST /id.example/token", () => new AuthorizationCode("c")),
        ["proof"] = ("GET /id.example/tokeninfo", () => new AccessToken("t")),
        ["introspection"] = ("POST /id.example/introspect", () => new AccessToken("t")),
        ["keys"] = ("GET /id.example/keys", () => new IdToken("")),
        ["discovery"] = ("GET /id.example/.well-known/openid-configuration", () => new IdToken("")),
    };

    private static readonly Dictionary<string, (FakeAnswer Answer, string Error)> Accidents = new()
    {
        ["500"] = (FakeAnswer.Json("{}", 500), ErrorCodes.TemporarilyUnavailable),
        ["502"] = (new FakeAnswer(502, "<html>", "text/html"), ErrorCodes.TemporarilyUnavailable),
        ["503"] = (FakeAnswer.Json("{}", 503), ErrorCodes.TemporarilyUnavailable),
        ["429"] = (FakeAnswer.Json("{}", 429), ErrorCodes.TemporarilyUnavailable),
        ["cut"] = (FakeAnswer.Json("{}") with { Cut = true }, ErrorCodes.TemporarilyUnavailable),
        ["page"] = (new FakeAnswer(200, "<html>log in</html>", "text/html"), ErrorCodes.ProviderError),
        ["array"] = (FakeAnswer.Json("[]"), ErrorCodes.ProviderError),
        ["text"] = (FakeAnswer.Json("\"ok\""), ErrorCodes.ProviderError),
        ["truncated"] = (FakeAnswer.Json("{\"a\":"), ErrorCodes.ProviderError),
        ["doubled"] = (FakeAnswer.Json("""{"aud":"our-client","aud":"x"}"""), ErrorCodes.ProviderError),
        ["deep"] = (FakeAnswer.Json($"{{\"a\":{new string('[', 64)}{new string(']', 64)}}}"), ErrorCodes.ProviderError),
        ["empty"] = (FakeAnswer.Json(""), ErrorCodes.ProviderError),
        ["too large"] = (FakeAnswer.Json($$"""{"a":"{{new string('x', 1024 * 1024)}}"}"""), ErrorCodes.ProviderError),
        ["redirect"] = (new FakeAnswer(302, "") { Headers = new Dictionary<string, string> { ["Location"] = "/elsewhere" } }, ErrorCodes.ProviderError),
        ["method not allowed"] = (FakeAnswer.Json("{}", 405), ErrorCodes.ProviderError),
    };

    public static TheoryData<string, string> Table => [.. from call in Calls.Keys from accident in Accidents.Keys select (call, accident)];

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Never_takes_an_accident_at_the_provider_for_a_bad_credential(string call, string accident)
    {
        Fake.On(Calls[call].Call, Accidents[accident].Answer);
        Credential credential = Calls[call].Credential();

        Result<Authorization> result = await Rooms.VerifyAsync(
            SampleProvider.At(Fake, Definition(call)), credential is IdToken ? new IdToken(Key.Sign(Claims)) : credential);

        Assert.Equal(Accidents[accident].Error, result.Error?.Code);
        Assert.Equal(result.Error?.Code == ErrorCodes.TemporarilyUnavailable, result.Error?.RetryAfter is not null);
        Assert.Single(Fake.Calls);
    }

    [Fact]
    public async Task Says_that_nobody_is_there()
    {
        Provider provider = SampleProvider.At(Fake, Definition("token"));
        await Fake.DisposeAsync();

        Result<Authorization> result = await Rooms.VerifyAsync(provider, new AuthorizationCode("c"));

        Assert.Equal((ErrorCodes.TemporarilyUnavailable, "provider_unreachable"), (result.Error?.Code, result.Error?.Reason));
    }

    private static ProviderDefinition Definition(string call) => SampleProvider.OpenId with
    {
        JwksUri = call == "discovery" ? null : SampleProvider.OpenId.JwksUri,
        AccessTokenProof = call == "introspection"
            ? new() { Kind = AccessTokenProofKind.Introspection, Request = new() { Url = "https://id.example/introspect" } }
            : new() { Request = new() { Url = "https://id.example/tokeninfo" }, Audience = ["aud"] },
    };
}
