using System.Net;
using System.Text.Json;
using Cambio.Storage;
using Cambio.Tests.Tokens;
using Cambio.Tokens;

namespace Cambio.Tests.AspNetCore;

public sealed class LoginsTests
{
    [Fact]
    public async Task The_list_tells_what_is_linked_and_when()
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken ada = await host.SignInAdaAsync("acme");
        await host.AddLoginAsync(TokenRoom.Ada, "umbrella", "u 1", "ada@umbrella.example");

        HttpResponseMessage answer = await host.CallAsync(ada, "GET", "/auth/me/logins");

        Assert.Equal(
            """{"logins":[{"provider":"acme","subject":"acme-1","linked_at":"2026-05-17T12:00:00Z","last_used_at":"2026-05-17T12:00:00Z"},"""
            + """{"provider":"umbrella","subject":"u 1","email":"ada@umbrella.example","linked_at":"2026-05-17T12:00:00Z","last_used_at":"2026-05-17T12:00:00Z"}]}""",
            await answer.Content.ReadAsStringAsync());
        Answer.AssertNotKept(answer);
    }

    [Fact]
    public async Task Unlinking_ends_what_the_identity_opened_but_not_the_callers_session()
    {
        var audit = new AuditEvents();
        await using DoorHost host = await AccountCalls.StartAsync(audit);
        IssuedToken caller = await host.SignInAdaAsync("acme", "umbrella");
        IssuedToken other = await host.SignInByAsync(TokenRoom.Ada, "acme");
        IssuedToken umbrella = await host.SignInByAsync(TokenRoom.Ada, "umbrella");

        HttpResponseMessage answer = await host.CallAsync(caller, "DELETE", "/auth/me/logins/acme");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Answer.AssertNotKept(answer);
        Assert.Equal("umbrella", Assert.Single(host.Store.Logins).Provider);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(caller, "GET", "/auth/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync(other, "GET", "/auth/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(umbrella, "GET", "/auth/me")).StatusCode);
        Assert.Equal(["unlink success Unlinked"], audit.Lines);
        Assert.Equal("acme", Assert.Single(audit.All).Provider);
    }

    [Fact]
    public async Task Unlinking_ends_the_API_token_which_every_login_is_given()
    {
        await using DoorHost host = await DoorHost.StartAsync(new Dictionary<string, string?> { ["Cambio:Tokens:Kind"] = "Opaque" });
        IssuedToken caller = await host.SignInAdaAsync("acme", "umbrella");

        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(caller, "DELETE", "/auth/me/logins/umbrella")).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync(caller, "GET", "/auth/me")).StatusCode);
        IssuedToken next = await host.SignInByAsync(TokenRoom.Ada, "acme");
        Assert.NotEqual(caller.AccessToken, next.AccessToken);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(next, "GET", "/auth/me")).StatusCode);
    }

    [Fact]
    public async Task A_subject_names_one_of_several_at_a_provider()
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken ada = await host.SignInAdaAsync("acme");
        await host.AddLoginAsync(TokenRoom.Ada, "acme", "a/b c+d");

        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(ada, "DELETE", "/auth/me/logins/acme?subject=a%2Fb%20c%2Bd")).StatusCode);

        Assert.Equal("acme-1", Assert.Single(host.Store.Logins).Subject);
    }

    [Theory]
    [InlineData("?subject=")]
    [InlineData("?subject")]
    [InlineData("?subject=acme-1&subject=acme-2")]
    public async Task A_subject_that_says_nothing_does_not_mean_all(string query)
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken ada = await host.SignInAdaAsync("acme", "umbrella");

        await (await host.CallAsync(ada, "DELETE", $"/auth/me/logins/acme{query}")).RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");

        Assert.Equal(2, host.Store.Logins.Count);
    }

    [Fact]
    public async Task The_last_login_stays()
    {
        var audit = new AuditEvents();
        await using DoorHost host = await AccountCalls.StartAsync(audit);
        IssuedToken ada = await host.SignInAdaAsync("acme");

        await (await host.CallAsync(ada, "DELETE", "/auth/me/logins/acme")).RefusalAsync(HttpStatusCode.Conflict, "last_login_method");

        Assert.Single(host.Store.Logins);
        Assert.Equal(["unlink last_login_method last_login_method"], audit.Lines);
    }

    [Fact]
    public async Task Another_users_login_and_one_that_nobody_has_are_the_same_404()
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken ada = await host.SignInAdaAsync("acme", "umbrella");
        Account bob = TokenRoom.Ada with { User = new UserRef("u-bob"), PreferredUsername = "bob" };
        await host.SignInByAsync(bob, "initech");
        await host.AddLoginAsync(bob, "initech", "bob");
        await host.AddLoginAsync(bob, "acme", "bob");

        string[] answers =
        [
            await NotFoundAsync(host, ada, "/auth/me/logins/initech"),
            await NotFoundAsync(host, ada, "/auth/me/logins/acme?subject=bob"),
            await NotFoundAsync(host, ada, "/auth/me/logins/acme?subject=nobody"),
            await NotFoundAsync(host, ada, "/auth/me/logins/nobody"),
            await NotFoundAsync(host, ada, "/auth/me/logins/%ff"),
        ];

        Assert.Single(answers.Distinct());
        Assert.Equal(4, host.Store.Logins.Count);
    }

    [Fact]
    public async Task An_address_that_only_the_unlinked_identity_had_is_verified_no_longer()
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken ada = await host.SignInAdaAsync("umbrella");
        await host.AddLoginAsync(TokenRoom.Ada, "acme", "acme-1", "Ada@Example.com");

        await host.CallAsync(ada, "DELETE", "/auth/me/logins/acme");

        JsonElement user = await (await host.CallAsync(ada, "GET", "/auth/me")).JsonAsync();
        Assert.Equal("ada@example.com", user.GetProperty("email").GetString());
        Assert.False(user.GetProperty("email_verified").GetBoolean());
    }

    private static async Task<string> NotFoundAsync(DoorHost host, IssuedToken caller, string path)
    {
        JsonElement refusal = await (await host.CallAsync(caller, "DELETE", path)).RefusalAsync(HttpStatusCode.NotFound, "not_found");
        return string.Join('\n', refusal.EnumerateObject().Where(static member => member.Name != "trace_id").Select(static member => member.ToString()));
    }
}
