using System.Net;
using System.Text.Json;
using Cambio.Storage;
using Cambio.Tests.Tokens;
using Cambio.Tokens;

namespace Cambio.Tests.AspNetCore;

public sealed class SessionsTests
{
    private static readonly Account Bob = TokenRoom.Ada with { User = new UserRef("u-bob"), PreferredUsername = "bob" };

    [Fact]
    public async Task The_list_tells_where_the_user_is_signed_in_and_which_session_asks()
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken earlier = await host.SignInAdaAsync("acme");
        await host.SignInByAsync(Bob, "acme");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        IssuedToken caller = await host.SignInByAsync(TokenRoom.Ada, "acme");

        HttpResponseMessage answer = await host.CallAsync(caller, "GET", "/auth/me/sessions");

        Assert.Equal(
            $$"""{"sessions":[{"id":"{{caller.SessionId}}","created_at":"2026-05-17T12:01:00Z","last_used_at":"2026-05-17T12:01:00Z","user_agent":"Browser/1.0","address":"203.0.113.7","current":true},"""
            + $$"""{"id":"{{earlier.SessionId}}","created_at":"2026-05-17T12:00:00Z","last_used_at":"2026-05-17T12:00:00Z","user_agent":"Browser/1.0","address":"203.0.113.7","current":false}]}""",
            await answer.Content.ReadAsStringAsync());
        Answer.AssertNotKept(answer);
    }

    [Fact]
    public async Task One_session_is_ended_and_the_others_go_on()
    {
        var audit = new AuditEvents();
        await using DoorHost host = await AccountCalls.StartAsync(audit);
        IssuedToken caller = await host.SignInAdaAsync("acme");
        IssuedToken other = await host.SignInByAsync(TokenRoom.Ada, "acme");

        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(caller, "DELETE", $"/auth/me/sessions/{other.SessionId}")).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync(other, "GET", "/auth/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(caller, "GET", "/auth/me")).StatusCode);
        Assert.Equal(("logout success EndedSession", other.SessionId), (Assert.Single(audit.Lines), Assert.Single(audit.All).SessionId));
    }

    [Fact]
    public async Task Another_users_session_an_ended_one_and_none_at_all_are_the_same_404()
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken caller = await host.SignInAdaAsync("acme");
        IssuedToken ended = await host.SignInByAsync(TokenRoom.Ada, "acme");
        IssuedToken bob = await host.SignInByAsync(Bob, "acme");
        await host.CallAsync(ended, "POST", "/auth/logout");
        var answers = new List<string>();
        foreach (string id in (string[])[bob.SessionId, ended.SessionId, "none", "%ff", new string('a', 2000)])
        {
            JsonElement refusal = await (await host.CallAsync(caller, "DELETE", $"/auth/me/sessions/{id}")).RefusalAsync(HttpStatusCode.NotFound, "not_found");
            answers.Add(string.Join('\n', refusal.EnumerateObject().Where(static member => member.Name != "trace_id").Select(static member => member.ToString())));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(bob, "GET", "/auth/me")).StatusCode);
    }

    [Theory]
    [InlineData("", "EndedSession", "SessionHadEnded")]
    [InlineData("?everywhere=false", "EndedSession", "SessionHadEnded")]
    [InlineData("?everywhere=true", "EndedAllSessions", "SessionHadEnded")]
    public async Task Logout_ends_and_may_be_repeated(string query, string first, string second)
    {
        var audit = new AuditEvents();
        await using DoorHost host = await AccountCalls.StartAsync(audit);
        IssuedToken caller = await host.SignInAdaAsync("acme");
        IssuedToken other = await host.SignInByAsync(TokenRoom.Ada, "acme");
        IssuedToken bob = await host.SignInByAsync(Bob, "acme");

        HttpResponseMessage answer = await host.CallAsync(caller, "POST", $"/auth/logout{query}");
        HttpResponseMessage again = await host.CallAsync(caller, "POST", $"/auth/logout{query}");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (answer.StatusCode, again.StatusCode));
        Answer.AssertNotKept(answer);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync(caller, "GET", "/auth/me")).StatusCode);
        Assert.Equal(
            query == "?everywhere=true" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, (await host.CallAsync(other, "GET", "/auth/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(bob, "GET", "/auth/me")).StatusCode);
        Assert.Equal([$"logout success {first}", $"logout success {second}"], audit.Lines);
    }

    [Theory]
    [InlineData("AtExpiry")]
    [InlineData("WithinSeconds")]
    [InlineData("AtOnce")]
    public async Task Our_own_doors_look_the_session_up_and_logout_may_be_repeated_whatever_others_check(string check)
    {
        await using DoorHost host = await DoorHost.StartAsync(new Dictionary<string, string?> { ["Cambio:Tokens:SessionCheck"] = check });
        IssuedToken caller = await host.SignInAdaAsync("acme");
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(caller, "GET", "/auth/me")).StatusCode);

        HttpResponseMessage[] logouts = [await host.CallAsync(caller, "POST", "/auth/logout"), await host.CallAsync(caller, "POST", "/auth/logout")];

        Assert.All(logouts, static answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        await (await host.CallAsync(caller, "GET", "/auth/me")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task An_ended_session_signs_nobody_out()
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken stolen = await host.SignInAdaAsync("acme");
        IssuedToken mine = await host.SignInByAsync(TokenRoom.Ada, "acme");
        await host.CallAsync(mine, "DELETE", $"/auth/me/sessions/{stolen.SessionId}");

        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(stolen, "POST", "/auth/logout?everywhere=true")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(mine, "GET", "/auth/me")).StatusCode);
    }

    [Fact]
    public async Task A_disabled_user_and_a_deleted_one_have_nothing_to_sign_out_of()
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken disabled = await host.SignInByAsync(Bob with { Disabled = true }, "acme");
        IssuedToken deleted = await host.SignInAdaAsync("acme");
        await host.CallAsync(deleted, "DELETE", "/auth/me");

        await (await host.CallAsync(disabled, "POST", "/auth/logout")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        await (await host.CallAsync(deleted, "POST", "/auth/logout")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Theory]
    [InlineData("?everywhere=1")]
    [InlineData("?everywhere=")]
    [InlineData("?everywhere=true&everywhere=false")]
    public async Task Logout_does_not_guess_what_everywhere_means(string query)
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken caller = await host.SignInAdaAsync("acme");

        await (await host.CallAsync(caller, "POST", $"/auth/logout{query}")).RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(caller, "GET", "/auth/me")).StatusCode);
    }

    [Fact]
    public async Task Logout_needs_a_genuine_bearer_that_has_not_expired()
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken caller = await host.SignInAdaAsync("acme");

        await (await host.SendAsync(HttpMethod.Post, "/auth/logout")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        await (await host.SendAsync(HttpMethod.Post, "/auth/logout", authorization: $"Bearer {caller.AccessToken}x")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        host.Time.Advance(TimeSpan.FromMinutes(16));
        await (await host.CallAsync(caller, "POST", "/auth/logout")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }
}
