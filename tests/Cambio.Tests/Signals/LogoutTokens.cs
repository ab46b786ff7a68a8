using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Tests.Credentials;

namespace Cambio.Tests.Signals;

/// <summary>OpenID Connect Back-Channel Logout 1.0.</summary>
public sealed class LogoutTokens : SignedTokens
{
    private protected override SignalDefinition Definition { get; } = new() { Format = SignalFormat.LogoutToken };

    private protected override string Kind => "logout_token";

    private protected override string Type => "logout+jwt";

    private protected override string NoEvent => "event";

    private protected override string Claims =>
        $$$"""{"iss":"https://id.example","aud":"our-client","sub":"{{{Ada}}}","iat":{{{Now}}},"exp":{{{Now + 120}}},"jti":"l-1","events":{"http://schemas.openid.net/event/backchannel-logout":{} }}""";

    [Theory]
    [InlineData("exp", "", "times")]
    [InlineData("nonce", "\"n\"", "nonce")]
    [InlineData("nonce", "null", "nonce")]
    [InlineData("events", """{"http://schemas.openid.net/event/backchannel-logout":true}""", "event")]
    [InlineData("events", """{"https://schemas.openid.net/secevent/risc/event-type/sessions-revoked":{}}""", "event")]
    [InlineData("sub", "", "subject_missing")]
    [InlineData("sub", "\"\"", "subject")]
    [InlineData("sid", "[]", "subject")]
    [InlineData("sid", "null", "subject")]
    public async Task Refuses_what_is_no_logout(string claim, string json, string reason) =>
        await RefusedAsync(Key.Sign(With(Claims, claim, json)), $"logout_token_{reason}");

    [Fact]
    public async Task Ends_the_sessions_that_the_providers_session_opened_and_no_others()
    {
        await OpenAsync(Named("ada"), "example", Ada, "s-ada-2", "sid-2");
        await OpenAsync(Named("bob"), "example", "bob-at-example", "s-bob-2", "sid-2");

        await AcceptedAsync(Key.Sign(With(Claims, "sid", "\"sid-2\"")));

        Assert.Equal(["s-ada", "s-bob", "s-bob-2", "s-eve"], Open);
    }

    [Fact]
    public async Task Ends_them_by_the_session_alone()
    {
        await OpenAsync(Named("ada"), "example", Ada, "s-ada-2", "sid-2");
        await OpenAsync(Named("eve"), "other", Ada, "s-eve-2", "sid-2");

        await AcceptedAsync(Key.Sign(With(With(Claims, "sid", "\"sid-2\""), "sub", "")));

        Assert.Equal(["s-ada", "s-bob", "s-eve", "s-eve-2"], Open);
    }

    [Fact]
    public async Task Keeps_login_account_and_provider_tokens()
    {
        await AcceptedAsync(Key.Sign(Claims));

        Assert.Equal((3, 3, 3), (Store.Accounts.Count, Store.Logins.Count, Kept.Count()));
        Assert.Equal("end_sessions backchannel-logout", Audit.Last.Reason);
    }

    [Fact]
    public async Task Refuses_a_replay()
    {
        await AcceptedAsync(Key.Sign(Claims));
        await OpenAsync(Named("ada"), "example", Ada, "s-ada-2");

        Assert.Equal("signal_replayed", (await ReceiveAsync(Key.Sign(Claims))).Error?.Reason);
        Assert.Equal(["s-ada-2", "s-bob", "s-eve"], Open);
    }

    [Fact]
    public async Task Acknowledges_a_user_whom_nobody_knows()
    {
        await AcceptedAsync(Key.Sign(With(Claims, "sub", "\"nobody\"")));

        Assert.Equal(["s-ada", "s-bob", "s-eve"], Open);
        Assert.Null(Audit.Last.UserId);
    }

    [Fact]
    public async Task Is_checked_with_the_secret_where_ID_tokens_are()
    {
        var shared = new SignalDefinition { Format = SignalFormat.LogoutToken, Algorithms = ["HS256"] };
        string signed = $"{TestKey.Encode("""{"alg":"HS256"}""")}.{TestKey.Encode(Claims)}";
        string token = $"{signed}.{TestKey.Encode(System.Security.Cryptography.HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Secret), System.Text.Encoding.ASCII.GetBytes(signed)))}";

        await RefusedAsync(token, "logout_token_algorithm");
        await RefusedAsync(token, "logout_token_signature", Source(shared, secret: "another-secret-of-more-than-thirty-two-bytes"));
        await AcceptedAsync(token, Source(shared));
    }

    [Fact]
    public async Task An_ID_token_is_none_and_it_is_no_ID_token()
    {
        string idToken = $$"""{"iss":"https://id.example","aud":"our-client","sub":"{{Ada}}","iat":{{Now}},"exp":{{Now + 120}},"jti":"i-1"}""";
        await RefusedAsync(Key.Sign(idToken), "logout_token_event");

        foreach (string header in (string[])["""{"alg":"RS256","kid":"k1"}""", """{"alg":"RS256","kid":"k1","typ":"logout+jwt"}"""])
        {
            Result<Authorization> result = await Verifier.VerifyAsync(Source().Provider, new IdToken(Key.Sign(Claims, header)), TestContext.Current.CancellationToken);
            Assert.Equal((ErrorCodes.InvalidGrant, "id_token_type"), (result.Error?.Code, result.Error?.Reason));
        }
    }
}
