using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cambio.Credentials;
using Cambio.Identities;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>Access tokens that say themselves whom they are for (RFC 9068).</summary>
public sealed class AccessTokenJwtTests : IdTokenRoom
{
    private static readonly AccessTokenProofDefinition Proof = new() { Kind = AccessTokenProofKind.Jwt, Audience = ["azp", "aud"], Subject = "sub" };

    private static readonly ProviderDefinition Game = new()
    {
        Name = "Example",
        TokenEndpoint = "https://id.example/token",
        JwksUri = "https://id.example/keys",
        AccessTokenProof = Proof with { Issuers = ["https://id.example", "id.example"] },
        Claims = new ClaimsDefinition { Sub = ["proof.sub"], Name = ["proof.name"] },
    };

    private string Token => With(With(With(Claims, "azp", "\"our-client\""), "aud", """["our-client","Example Game"]"""), "name", "\"Ada\"");

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"k1"}""")]
    [InlineData("""{"alg":"RS256","kid":"k1","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","kid":"k1","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"RS256","kid":"k1","typ":"application/AT+JWT"}""")]
    public async Task Is_taken_and_its_claims_are_the_answer(string header)
    {
        Result<Authorization> result = await ProveAsync(Key.Sign(Token, header));

        Assert.Null(result.Error);
        Assert.Equal("Ada", result.Value!.Proof!.Value.GetProperty("name").GetString());
        Assert.Equal("user-1", result.Value.ProvenSubject);
        Assert.Null(result.Value.Replay);
    }

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"k1","typ":"logout+jwt"}""", "access_token_type")]
    [InlineData("""{"alg":"RS256","kid":"k1","typ":["at+jwt"]}""", "access_token_type")]
    [InlineData("""{"alg":"HS256","kid":"k1"}""", "access_token_algorithm")]
    [InlineData("""{"alg":"none"}""", "access_token_algorithm")]
    [InlineData("""{"alg":"PS256","kid":"k1"}""", "access_token_algorithm")]
    [InlineData("""{"alg":"RS256","kid":"k1","crit":["exp"]}""", "access_token_critical_header")]
    public async Task Refuses_a_header_before_anybody_is_asked_for_keys(string header, string reason)
    {
        Assert.Equal(reason, (await ProveAsync(Key.Sign(Token, header))).Error?.Reason);
        Assert.Empty(Fake.Calls);
    }

    [Theory]
    [InlineData("iss", "\"https://evil.example\"", "issuer_mismatch")]
    [InlineData("iss", "\"id.example\"", null)]
    [InlineData("iss", "", "issuer_mismatch")]
    [InlineData("exp", "", "access_token_times")]
    [InlineData("exp", "\"9999999999\"", "access_token_times")]
    [InlineData("exp", "1772366339", "access_token_expired")]
    [InlineData("nbf", "1772366500", "access_token_not_yet_valid")]
    [InlineData("iat", "1772366500", "access_token_not_yet_valid")]
    [InlineData("azp", "\"another\"", "audience_mismatch")]
    [InlineData("azp", "", "audience_mismatch")]
    [InlineData("aud", "\"our-client\"", null)]
    [InlineData("aud", """["Example Game"]""", "audience_mismatch")]
    [InlineData("sub", "", "proof_subject_missing")]
    [InlineData("events", "{}", "access_token_type")]
    [InlineData("nonce", "\"n\"", "access_token_type")]
    [InlineData("at_hash", "\"h\"", "access_token_type")]
    [InlineData("c_hash", "\"h\"", "access_token_type")]
    public async Task Judges_the_claims(string claim, string json, string? reason) =>
        Assert.Equal(reason, (await ProveAsync(Key.Sign(With(Token, claim, json)))).Error?.Reason);

    [Fact]
    public async Task Refuses_another_key() =>
        Assert.Equal("access_token_signature", (await ProveAsync(TestKey.Rsa("k1").Sign(Token))).Error?.Reason);

    [Fact]
    public async Task Refuses_a_signature_made_with_the_client_secret()
    {
        string signed = $"{TestKey.Encode("""{"alg":"HS256"}""")}.{TestKey.Encode(Token)}";
        string token = $"{signed}.{TestKey.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SampleProvider.ClientSecret), Encoding.ASCII.GetBytes(signed)))}";

        Assert.Equal("access_token_algorithm", (await ProveAsync(token)).Error?.Reason);
    }

    [Fact]
    public async Task May_be_exchanged_again()
    {
        string token = Key.Sign(Token);

        Assert.Null((await ProveAsync(token)).Error);
        Assert.Null((await ProveAsync(token)).Error);
    }

    [Fact]
    public async Task Never_is_an_ID_token_of_the_same_application()
    {
        ProviderDefinition both = Game with { IdToken = new IdTokenDefinition { Issuers = ["https://id.example"] } };
        string idToken = Key.Sign(With(Claims, "azp", "\"our-client\""));

        Assert.Equal("access_token_type", (await ProveAsync(idToken, both)).Error?.Reason);
        Assert.Equal("access_token_type", (await ProveAsync(idToken, Game with { Issuer = "https://id.example" })).Error?.Reason);
        Assert.Null((await ProveAsync(Key.Sign(Token, """{"alg":"RS256","kid":"k1","typ":"at+jwt"}"""), both)).Error);
    }

    [Theory]
    [InlineData("azp", false, "access_token_type")]
    [InlineData("scope", true, "access_token_type")]
    [InlineData("scope", false, null)]
    public async Task Is_marked_only_by_a_condition_that_an_ID_token_cannot_meet(string path, bool optional, string? reason)
    {
        ProviderDefinition both = Game with
        {
            IdToken = new IdTokenDefinition { Issuers = ["https://id.example"] },
            AccessTokenProof = Game.AccessTokenProof! with
            {
                Require = new Dictionary<string, ConditionDefinition> { ["mark"] = new() { Path = path, Present = true, Optional = optional } },
            },
        };

        Assert.Equal(reason, (await ProveAsync(Key.Sign(With(Token, "scope", "\"read\"")), both)).Error?.Reason);
    }

    [Theory]
    [InlineData("""{"client_id":"our-client","token_use":"access"}""", null)]
    [InlineData("""{"client_id":"another","token_use":"access"}""", "audience_mismatch")]
    [InlineData("""{"aud":"our-client","token_use":"id"}""", "audience_mismatch")]
    [InlineData("""{"aud":"our-client","client_id":"our-client","token_use":"id"}""", "proof_inactive")]
    public async Task Is_told_apart_by_what_only_an_access_token_shows(string claims, string? reason)
    {
        ProviderDefinition pool = SampleProvider.OpenId with
        {
            AccessTokenProof = Proof with
            {
                Audience = ["client_id"],
                Require = new Dictionary<string, ConditionDefinition> { ["use"] = new() { Path = "token_use", EqualTo = "access" } },
            },
        };
        string payload = With(Claims, "aud", "");
        foreach (JsonProperty member in JsonDocument.Parse(claims).RootElement.EnumerateObject())
        {
            payload = With(payload, member.Name, member.Value.GetRawText());
        }

        Assert.Equal(reason, (await ProveAsync(Key.Sign(payload), pool)).Error?.Reason);
    }

    [Fact]
    public async Task Is_validated_after_a_code_where_it_holds_the_profile()
    {
        Fake.On("POST /id.example/token", Granted(Key.Sign(Token)));

        (Provider provider, Result<Authorization> result) = await RedeemAsync();
        Result<ExternalIdentity> identity = await new IdentityReader(new ProfileReader(Rooms.Get<ProviderCall>()))
            .ReadAsync(provider, result.Value!, TestContext.Current.CancellationToken);

        Assert.Equal(("user-1", "Ada"), (identity.Value?.Subject, identity.Value?.Name));
        Assert.Equal(["POST /id.example/token", "GET /id.example/keys"], Fake.Calls.Select(call => call.Name));
    }

    [Theory]
    [InlineData("azp", "\"another\"", "audience_mismatch")]
    [InlineData("exp", "1772366339", "access_token_expired")]
    public async Task Is_refused_after_a_code_as_it_is_by_itself(string claim, string json, string reason)
    {
        Fake.On("POST /id.example/token", Granted(Key.Sign(With(Token, claim, json))));

        Assert.Equal(reason, (await RedeemAsync()).Result.Error?.Reason);
    }

    [Fact]
    public async Task Is_not_looked_into_after_a_code_where_a_call_reads_the_profile()
    {
        Fake.On("POST /id.example/token", Granted("opaque"));
        ProviderDefinition read = Game with { Userinfo = new Dictionary<string, ProviderCallDefinition> { ["profile"] = new() { Url = "https://id.example/me" } } };

        Result<Authorization> result = (await RedeemAsync(read)).Result;

        Assert.Null(result.Error);
        Assert.Null(result.Value!.Proof);
    }

    private static string Granted(string token) => $$"""{"access_token":"{{token}}","token_type":"Bearer"}""";

    private Task<Result<Authorization>> ProveAsync(string token, ProviderDefinition? definition = null) =>
        Rooms.VerifyAsync(SampleProvider.At(Fake, definition ?? Game), new AccessToken(token));

    private async Task<(Provider Provider, Result<Authorization> Result)> RedeemAsync(ProviderDefinition? definition = null)
    {
        Provider provider = SampleProvider.At(Fake, definition ?? Game);
        return (provider, await Rooms.VerifyAsync(provider, new AuthorizationCode("the-code")));
    }
}
