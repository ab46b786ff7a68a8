using System.Net;
using System.Text.Json;
using Cambio.AspNetCore.Redirect;
using Cambio.Storage;
using Cambio.Tests.Tokens;
using Cambio.Tokens;

namespace Cambio.Tests.AspNetCore.Redirect;

/// <summary>Callbacks that do not end in a sign-in at once: a step asks for something, or an identity is to be linked.</summary>
public sealed class CallbackLinkTests(CallbackRoom room) : IClassFixture<CallbackRoom>
{
    [Fact]
    public async Task An_interrupted_sign_in_lands_with_a_code_that_gives_its_ticket_to_who_has_the_verifier()
    {
        await using DoorHost host = await StartWithTermsAsync();
        Visit visit = await room.VisitAsync(host: host);

        Dictionary<string, string> landed = CallbackRoom.Landed(await visit.ComeAsync());

        Assert.Equal(["code", "state"], landed.Keys);
        JsonElement refusal = await (await CallbackRoom.RedeemAsync(host, landed["code"])).OAuthRefusalAsync(HttpStatusCode.BadRequest, "interaction_required");
        Assert.Equal("terms", refusal.GetProperty("requires").GetString());
        Assert.NotEmpty(refusal.GetProperty("ticket").GetString()!);
    }

    [Fact]
    public async Task An_interrupted_sign_in_by_cookie_lands_with_the_error_and_without_a_session()
    {
        await using DoorHost host = await StartWithTermsAsync();
        Visit visit = await room.VisitAsync("google", static state => state with { Mode = RedirectMode.Cookie, CodeChallenge = null }, host);

        HttpResponseMessage answer = await visit.ComeAsync();

        Assert.Equal("interaction_required", CallbackRoom.Landed(answer)["error"]);
        Assert.Single(answer.Headers.GetValues("Set-Cookie"));
    }

    [Fact]
    public async Task A_link_lands_with_a_code_and_links_nothing_until_its_front_end_asks()
    {
        await using DoorHost host = await room.StartAsync();
        IssuedToken token = await host.SignInAsync();
        Visit visit = await room.VisitAsync("github", static state => state with { LinkUser = TokenRoom.Ada.User.Id }, host);

        Dictionary<string, string> landed = CallbackRoom.Landed(await visit.ComeAsync());

        Assert.Equal(["code", "state"], landed.Keys);
        Assert.Empty(await host.Store.ListLoginsAsync(TokenRoom.Ada.User, CancellationToken.None));
        HttpResponseMessage linked = await LinkAsync(host, landed["code"], token);
        Assert.Equal(HttpStatusCode.OK, linked.StatusCode);
        Assert.Equal("github", Assert.Single(await host.Store.ListLoginsAsync(TokenRoom.Ada.User, CancellationToken.None)).Provider);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_by_cookie_takes_the_browser_of_its_user(bool isHis)
    {
        await using DoorHost host = await room.StartAsync();
        await host.SignInAsync();
        Visit start = await room.VisitAsync("google", static state => state with { Mode = RedirectMode.Cookie, CodeChallenge = null }, host);
        string session = SessionOf(await start.ComeAsync());
        string me = (await (await host.SendAsync(HttpMethod.Get, "/auth/me", headers: ("Cookie", session))).JsonAsync()).GetProperty("id").GetString()!;
        string user = isHis ? me : TokenRoom.Ada.User.Id;
        Visit visit = await room.VisitAsync("github", state => state with { Mode = RedirectMode.Cookie, CodeChallenge = null, LinkUser = user }, host);

        HttpResponseMessage answer = await visit.GetAsync(visit.Query, $"{visit.Cookie}; {session}");

        IReadOnlyList<Login> logins = await host.Store.ListLoginsAsync(new UserRef(user), CancellationToken.None);
        Assert.Equal(isHis, logins.Any(static login => login.Provider == "github"));
        if (isHis)
        {
            Assert.Equal(["state"], CallbackRoom.Landed(answer).Keys);
            Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        }
        else
        {
            JsonElement refusal = await answer.RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");
            Assert.Equal("link_of_another_user", refusal.GetProperty("reason").GetString());
        }
    }

    [Fact]
    public async Task A_link_by_cookie_without_a_session_is_refused()
    {
        await using DoorHost host = await room.StartAsync();
        await host.SignInAsync();
        Visit visit = await room.VisitAsync(
            "github", static state => state with { Mode = RedirectMode.Cookie, CodeChallenge = null, LinkUser = TokenRoom.Ada.User.Id }, host);

        await (await visit.ComeAsync()).RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");

        Assert.Empty(await host.Store.ListLoginsAsync(TokenRoom.Ada.User, CancellationToken.None));
    }

    [Fact]
    public async Task A_sign_in_by_cookie_lands_with_a_session_and_no_code()
    {
        await using DoorHost host = await room.StartAsync();
        Visit visit = await room.VisitAsync("google", static state => state with { Mode = RedirectMode.Cookie, CodeChallenge = null }, host);

        HttpResponseMessage answer = await visit.ComeAsync();

        Assert.Equal(["state"], CallbackRoom.Landed(answer).Keys);
        HttpResponseMessage me = await host.SendAsync(HttpMethod.Get, "/auth/me", headers: ("Cookie", SessionOf(answer)));
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
    }

    private Task<DoorHost> StartWithTermsAsync() => room.StartAsync(
        more:
        [
            ("Cambio:Pipeline", "check-allowed, find-login, link-current-user, link-by-email, create-user, save-login, require-terms"),
            ("Cambio:Accounts:Terms", "2026-01"),
        ]);

    private static Task<HttpResponseMessage> LinkAsync(DoorHost host, string code, IssuedToken token) => host.SendAsync(
        HttpMethod.Post,
        "/auth/github/link",
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { link_code = code, code_verifier = CallbackRoom.Verifier })),
        "application/json",
        $"Bearer {token.AccessToken}");

    private static string SessionOf(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(static cookie => !cookie.Contains("cambio-state-", StringComparison.Ordinal)).Split(';', 2)[0];
}
