using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

public sealed class CredentialVerifierTests : AccessTokenRoom
{
    [Theory]
    [InlineData("code", "access_token")]
    [InlineData("code", "id_token")]
    [InlineData("code", "ticket")]
    [InlineData("code", "link_code")]
    [InlineData("id_token", "code")]
    [InlineData("access_token", "code")]
    [InlineData("", "code")]
    public async Task Refuses_a_kind_that_the_provider_does_not_take_and_says_what_it_takes(string accepts, string kind)
    {
        Provider provider = SampleProvider.At(Fake, SampleProvider.OpenId with { AccessTokenProof = Info }, accepts: accepts);

        Result<Authorization> result = await Rooms.VerifyAsync(provider, Make(kind));

        Assert.Equal((ErrorCodes.CredentialNotAccepted, "credential_kind_not_accepted"), (result.Error?.Code, result.Error?.Reason));
        Assert.Equal($"This provider takes: {accepts}.", result.Error?.Description);
        Assert.Empty(Fake.Calls);
    }

    [Theory]
    [InlineData("code id_token", "code, id_token")]
    [InlineData("code id_token access_token", "code, id_token")]
    public async Task Refuses_an_access_token_that_nobody_can_prove_whatever_settings_say(string accepts, string taken)
    {
        Provider provider = SampleProvider.At(Fake, SampleProvider.OpenId, accepts: accepts);

        Result<Authorization> result = await Rooms.VerifyAsync(provider, Make("access_token"));

        Assert.Equal((ErrorCodes.CredentialNotAccepted, "no_audience_proof"), (result.Error?.Code, result.Error?.Reason));
        Assert.Equal($"This provider takes: {taken}.", result.Error?.Description);
        Assert.Empty(Fake.Calls);
    }

    [Fact]
    public async Task Refuses_an_ID_token_that_the_definition_cannot_validate_whatever_settings_say()
    {
        Provider provider = SampleProvider.At(Fake, SampleProvider.OpenId with { IdToken = null });

        Assert.Equal(ErrorCodes.CredentialNotAccepted, (await Rooms.VerifyAsync(provider, Make("id_token"))).Error?.Code);
    }

    public static TheoryData<string, int> Caps => new()
    {
        { "code", 8192 }, { "redirect_uri", 2048 }, { "code_verifier", 128 }, { "nonce", 512 },
    };

    [Theory]
    [MemberData(nameof(Caps))]
    public async Task Looks_at_length_and_letters_before_anybody_is_called(string name, int longest)
    {
        Fake.On("POST /id.example/token", """{"access_token":"at"}""");
        Provider provider = SampleProvider.At(Fake, SampleProvider.OpenId);

        foreach (string bad in new[] { new string('a', longest + 1), "", "a\nb", "a\0", "ä", "a\x7f" })
        {
            Result<Authorization> refused = await Rooms.VerifyAsync(provider, Code(name, bad));
            Assert.Equal(ErrorCodes.InvalidRequest, refused.Error?.Code);
            Assert.StartsWith($"{name} must ", refused.Error?.Description, StringComparison.Ordinal);
        }

        Assert.Empty(Fake.Calls);
        Assert.True((await Rooms.VerifyAsync(provider, Code(name, new string('a', longest)))).IsSuccess);
    }

    [Theory]
    [InlineData("""{"name":{"firstName":"Ada","lastName":"Lovelace"},"email":"x@example.com"}""", true)]
    [InlineData("""["Ada"]""", false)]
    [InlineData("\"Ada\"", false)]
    [InlineData("""{"name":""", false)]
    [InlineData("""{"name":1,"name":2}""", false)]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}""", false)]
    [InlineData("{\"a\":\"\ud800\"}", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task Reads_what_is_posted_beside_a_code_if_it_can(string? user, bool read)
    {
        Fake.On("POST /id.example/token", """{"access_token":"at"}""");

        Result<Authorization> result = await Rooms.VerifyAsync(
            SampleProvider.At(Fake, SampleProvider.OpenId), new AuthorizationCode("c") { User = user });

        Assert.Equal(read, result.Value!.Form.HasValue);
    }

    [Fact]
    public async Task Leaves_out_what_is_posted_beside_a_code_when_it_is_too_long()
    {
        Fake.On("POST /id.example/token", """{"access_token":"at"}""");

        Result<Authorization> result = await Rooms.VerifyAsync(
            SampleProvider.At(Fake, SampleProvider.OpenId), new AuthorizationCode("c") { User = $$"""{"name":"{{new string('a', 4096)}}"}""" });

        Assert.Null(result.Value!.Form);
    }

    [Fact]
    public async Task Asks_no_other_provider_and_prints_no_secret()
    {
        Fake.On(TokenInfo, FakeAnswer.Json("{}", 400));

        Result<Authorization> result = await VerifyAsync(Info, "foreign-token");

        Assert.Equal("provider_refused_400", result.Error?.Reason);
        Assert.Single(Fake.Calls);
        Assert.DoesNotContain("foreign-token", result.Error!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_with_the_caller()
    {
        var arrived = new TaskCompletionSource();
        Fake.On(TokenInfo, _ =>
        {
            arrived.TrySetResult();
            return FakeAnswer.Json("{}") with { Gate = new TaskCompletionSource().Task };
        });
        using var leaving = new CancellationTokenSource();

        Task<Result<Authorization>> waiting =
            Rooms.Get<CredentialVerifier>().VerifyAsync(SampleProvider.At(Fake, With(Info)), new AccessToken("t"), leaving.Token);
        await arrived.Task;
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static Credential Make(string kind) => kind switch
    {
        "code" => new AuthorizationCode("c"),
        "id_token" => new IdToken("a.b.c"),
        "access_token" => new AccessToken("t"),
        "link_code" => new LinkCode("c", "v"),
        _ => new ExchangeTicket("t"),
    };

    private static AuthorizationCode Code(string name, string value) => name switch
    {
        "code" => new AuthorizationCode(value),
        "redirect_uri" => new AuthorizationCode("c", value),
        "code_verifier" => new AuthorizationCode("c", null, value),
        _ => new AuthorizationCode("c") { Nonce = value },
    };
}
