using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

public sealed class TokenIntrospectionTests : AccessTokenRoom
{
    private const string Introspect = "POST /api.example/introspect";

    private static readonly AccessTokenProofDefinition Introspection = new()
    {
        Kind = AccessTokenProofKind.Introspection,
        Request = new ProviderCallDefinition { Url = "https://api.example/introspect" },
        Subject = "sub",
    };

    [Theory]
    [InlineData("""{"active":true,"client_id":"our-client","sub":"7"}""", null)]
    [InlineData("""{"active":true,"client_id":"other","aud":"our-client","sub":"7"}""", "audience_mismatch")]
    [InlineData("""{"active":true,"aud":"our-client","sub":"7"}""", "audience_mismatch")]
    [InlineData("""{"active":true,"client_id":"our-client"}""", "proof_subject_missing")]
    [InlineData("""{"active":false}""", "proof_inactive")]
    [InlineData("""{"active":"true","client_id":"our-client","sub":"7"}""", "proof_inactive")]
    [InlineData("""{"active":"false","client_id":"our-client","sub":"7"}""", "proof_inactive")]
    [InlineData("""{"active":1,"client_id":"our-client","sub":"7"}""", "proof_inactive")]
    [InlineData("""{"client_id":"our-client","sub":"7"}""", "proof_inactive")]
    [InlineData("""{"error":{"code":1}}""", "provider_refused_200")]
    public async Task Takes_an_active_token_of_ours_alone(string answer, string? reason)
    {
        Fake.On(Introspect, answer);

        Result<Authorization> result = await VerifyAsync(Introspection);

        Assert.Equal(reason, result.Error?.Reason);
        Assert.Equal(reason is null ? null : ErrorCodes.InvalidGrant, result.Error?.Code);
    }

    [Fact]
    public async Task Shows_itself_the_way_the_token_endpoint_wants_it()
    {
        Fake.On(Introspect, """{"active":true,"client_id":"our-client","sub":"7"}""");

        await Rooms.VerifyAsync(SampleProvider.At(Fake, With(Introspection)), new AccessToken("the-token"));
        await Rooms.VerifyAsync(
            SampleProvider.At(Fake, With(Introspection, auth: ClientAuthenticationMethod.ClientSecretBasic)), new AccessToken("the-token"));

        Assert.Equal("token=the-token&token_type_hint=access_token&client_id=our-client&client_secret=our-secret", Fake.Calls[0].Body);
        Assert.Null(Fake.Calls[0].Header("Authorization"));
        Assert.Equal("token=the-token&token_type_hint=access_token", Fake.Calls[1].Body);
        Assert.Equal("Basic b3VyLWNsaWVudDpvdXItc2VjcmV0", Fake.Calls[1].Header("Authorization"));
    }

    [Fact]
    public async Task Finds_the_endpoint_by_discovery()
    {
        Fake.On("GET /id.example/.well-known/openid-configuration", """{"issuer":"https://id.example","introspection_endpoint":"https://api.example/introspect"}""");
        Fake.On(Introspect, """{"active":true,"client_id":"our-client","sub":"7"}""");
        ProviderDefinition definition = With(Introspection with { Request = null }) with { Issuer = "https://id.example" };

        Result<Authorization> result = await Rooms.VerifyAsync(SampleProvider.At(Fake, definition), new AccessToken("the-token"));

        Assert.Equal("7", result.Value?.ProvenSubject);
    }

    [Theory]
    [InlineData(401, "provider_error", "client_credentials_rejected")]
    [InlineData(400, "invalid_grant", "provider_refused_400")]
    [InlineData(405, "provider_error", "provider_status_405")]
    [InlineData(503, "temporarily_unavailable", "provider_status_503")]
    public async Task Tells_our_own_credentials_from_the_users(int status, string error, string reason)
    {
        Fake.On(Introspect, FakeAnswer.Json("{}", status));

        Result<Authorization> result = await VerifyAsync(Introspection);

        Assert.Equal((error, reason), (result.Error?.Code, result.Error?.Reason));
    }
}
