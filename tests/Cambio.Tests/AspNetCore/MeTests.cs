using System.Net;
using System.Text.Json;
using Cambio.Storage;
using Cambio.Tests.Tokens;
using Cambio.Tokens;

namespace Cambio.Tests.AspNetCore;

public sealed class MeTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("GET", "/auth/me")]
    [InlineData("PATCH", "/auth/me")]
    [InlineData("DELETE", "/auth/me")]
    [InlineData("GET", "/auth/me/logins")]
    [InlineData("DELETE", "/auth/me/logins/acme")]
    [InlineData("GET", "/auth/me/sessions")]
    [InlineData("DELETE", "/auth/me/sessions/any")]
    [InlineData("POST", "/auth/acme/link")]
    public async Task An_ended_session_a_disabled_user_and_a_deleted_one_are_401_at_once(string method, string path)
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken ended = await host.SignInAdaAsync("acme", "umbrella");
        IssuedToken disabled = await host.SignInByAsync(TokenRoom.Ada with { User = new UserRef("u-off"), PreferredUsername = "off", Disabled = true }, "acme");
        IssuedToken deleted = await host.SignInByAsync(TokenRoom.Ada with { User = new UserRef("u-gone"), PreferredUsername = "gone" }, "acme");
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(ended, "POST", "/auth/logout")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(deleted, "DELETE", "/auth/me")).StatusCode);

        foreach ((IssuedToken caller, string reason) in new[] { (ended, "session_ended"), (disabled, "account_disabled"), (deleted, "session_unknown") })
        {
            JsonElement refusal = await (await host.CallAsync(caller, method, path, "{}")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
            Assert.Equal(reason, refusal.GetProperty("reason").GetString());
        }

        await (await host.SendAsync(new HttpMethod(method), path)).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task A_patch_sets_and_clears_and_answers_the_user()
    {
        var audit = new AuditEvents();
        await using DoorHost host = await AccountCalls.StartAsync(audit);
        IssuedToken ada = await host.SignInAdaAsync("acme");

        HttpResponseMessage answer = await host.CallAsync(
            ada, "PATCH", "/auth/me", """{"name":null,"given_name":"Ada","preferred_username":"ADA","picture":"https://img.example/a.png","locale":"en-GB"}""");

        const string Expected =
            """{"id":"u-ada","preferred_username":"ADA","given_name":"Ada","email":"ada@example.com","email_verified":true,"picture":"https://img.example/a.png","locale":"en-GB"}""";
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Expected, await answer.Content.ReadAsStringAsync());
        Answer.AssertNotKept(answer);
        Assert.Equal(Expected, await (await host.CallAsync(ada, "GET", "/auth/me")).Content.ReadAsStringAsync());
        Assert.Equal("name given_name preferred_username picture locale", Assert.Single(host.Store.Accounts).Edited);
        Assert.Equal(["profile success Edited"], audit.Lines);
    }

    [Fact]
    public async Task A_form_does_as_well_and_an_empty_value_clears()
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken ada = await host.SignInAdaAsync("acme");

        HttpResponseMessage answer = await host.CallAsync(ada, "PATCH", "/auth/me", "name=&family_name=King+No%C3%ABl", Form);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement user = await answer.JsonAsync();
        Assert.False(user.TryGetProperty("name", out _));
        Assert.Equal("King Noël", user.GetProperty("family_name").GetString());
    }

    [Theory]
    [InlineData("{}", "application/json")]
    [InlineData("", Form)]
    public async Task An_empty_patch_changes_nothing(string body, string contentType)
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken ada = await host.SignInAdaAsync("acme");

        HttpResponseMessage answer = await host.CallAsync(ada, "PATCH", "/auth/me", body, contentType);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(TokenRoom.Ada, Assert.Single(host.Store.Accounts));
    }

    [Theory]
    [InlineData("""{"given_name":"A","email":"eve@example.com"}""", "application/json", 400, "email ")]
    [InlineData("""{"given_name":"A","email_verified":false}""", "application/json", 400, "email_verified ")]
    [InlineData("""{"given_name":"A","id":1}""", "application/json", 400, "id ")]
    [InlineData("""{"given_name":"A","admin":{}}""", "application/json", 400, "admin ")]
    [InlineData("""{"given_name":"A","name":5}""", "application/json", 400, "name must be a string")]
    [InlineData("""{"given_name":"A","name":["x"]}""", "application/json", 400, "name must be a string")]
    [InlineData("""{"given_name":"A","picture":"http://img.example/"}""", "application/json", 400, "picture ")]
    [InlineData("""{"given_name":"A","given_name":"B"}""", "application/json", 400, "The body is not a JSON object")]
    [InlineData("""{"given_name":"A","Given_Name":"B"}""", "application/json", 400, "The body names a member twice")]
    [InlineData("[]", "application/json", 400, "The body is not a JSON object")]
    [InlineData("given_name=A&email=eve%40example.com", Form, 400, "email ")]
    [InlineData("<name/>", "application/xml", 415, "Send the body as ")]
    public async Task A_bad_patch_is_refused_whole(string body, string contentType, int status, string description)
    {
        var audit = new AuditEvents();
        await using DoorHost host = await AccountCalls.StartAsync(audit);
        IssuedToken ada = await host.SignInAdaAsync("acme");

        JsonElement refusal = await (await host.CallAsync(ada, "PATCH", "/auth/me", body, contentType)).RefusalAsync((HttpStatusCode)status, "invalid_request");

        Assert.StartsWith(description, refusal.GetProperty("error_description").GetString(), StringComparison.Ordinal);
        Assert.Equal(TokenRoom.Ada, Assert.Single(host.Store.Accounts));
        Assert.StartsWith("profile invalid_request ", Assert.Single(audit.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_username_that_is_somebody_elses_in_any_case_is_refused_whole()
    {
        await using DoorHost host = await AccountCalls.StartAsync();
        IssuedToken ada = await host.SignInAdaAsync("acme");
        await host.SignInByAsync(TokenRoom.Ada with { User = new UserRef("u-bob"), PreferredUsername = "Bob", Email = null }, "umbrella");

        JsonElement refusal = await (await host.CallAsync(ada, "PATCH", "/auth/me", """{"name":"B","preferred_username":"bOB"}"""))
            .RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");

        Assert.Equal("preferred_username is taken: choose another one.", refusal.GetProperty("error_description").GetString());
        Assert.Contains(TokenRoom.Ada, host.Store.Accounts);
    }

    [Fact]
    public async Task A_deletion_leaves_nothing_and_one_event()
    {
        var audit = new AuditEvents();
        await using DoorHost host = await AccountCalls.StartAsync(audit);
        IssuedToken ada = await host.SignInAdaAsync("acme", "umbrella");
        IssuedToken bob = await host.SignInByAsync(TokenRoom.Ada with { User = new UserRef("u-bob"), PreferredUsername = "bob" }, "acme");

        HttpResponseMessage answer = await host.CallAsync(ada, "DELETE", "/auth/me");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Answer.AssertNotKept(answer);
        Assert.Equal("u-bob", Assert.Single(host.Store.Accounts).User.Id);
        Assert.Empty(host.Store.Logins);
        Assert.Equal(bob.SessionId, Assert.Single(host.Store.Sessions).Id);
        Assert.Equal(["delete success Deleted"], audit.Lines);
    }
}
