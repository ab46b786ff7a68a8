using System.Net;
using System.Text.Json;
using Cambio.AspNetCore.Redirect;
using Cambio.Storage;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.AspNetCore.Redirect;

public sealed class LinkTicketTests
{
    private readonly AuditEvents audit = new();

    [Fact]
    public async Task A_ticket_says_whom_to_link_to()
    {
        await using DoorHost host = await StartAsync();
        string ticket = await TicketAsync(host, await host.SignInAsync());

        HttpResponseMessage answer = await BeginAsync(host, ticket);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(TokenRoom.Ada.User.Id, host.Kept(answer).LinkUser);
        Assert.DoesNotContain(ticket, answer.Headers.ToString(), StringComparison.Ordinal);
        Assert.Empty(audit.All);
    }

    [Fact]
    public async Task A_ticket_is_good_for_a_minute_and_tells_nothing()
    {
        await using DoorHost host = await StartAsync();

        HttpResponseMessage answer = await host.CallAsync(await host.SignInAsync(), "POST", "/auth/acme/link-ticket");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Answer.AssertNotKept(answer);
        JsonElement body = await answer.JsonAsync();
        Assert.Equal(["ticket", "expires_in"], body.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(60, body.GetProperty("expires_in").GetInt32());
        Assert.Matches("^[A-Za-z0-9_-]{100,800}$", body.GetProperty("ticket").GetString());
    }

    [Theory]
    [InlineData("used", "link_ticket_used")]
    [InlineData("expired", "link_ticket_expired")]
    [InlineData("another provider", "link_ticket_of_another_provider")]
    [InlineData("signed out", "link_ticket_of_an_ended_session")]
    [InlineData("changed", "link_ticket_unreadable")]
    [InlineData("long", "link_ticket_unreadable")]
    [InlineData("another host", "link_ticket_unreadable")]
    [InlineData("a bearer", "link_ticket_unreadable")]
    [InlineData("a state cookie", "link_ticket_unreadable")]
    public async Task A_ticket_that_is_not_good_is_refused_and_begins_nothing(string flaw, string reason)
    {
        await using DoorHost host = await StartAsync();
        IssuedToken ada = await host.SignInAsync();
        string ticket = await TicketAsync(host, ada);
        switch (flaw)
        {
            case "used": await BeginAsync(host, ticket); break;
            case "expired": host.Time.Advance(TimeSpan.FromSeconds(60)); break;
            case "another provider": ticket = await TicketAsync(host, ada, "poster"); break;
            case "signed out": await host.CallAsync(ada, "POST", "/auth/logout"); break;
            case "changed": ticket = (ticket[0] == 'A' ? 'B' : 'A') + ticket[1..]; break;
            case "long": ticket = new string('a', 2000); break;
            case "another host":
                await using (DoorHost other = await StartHost.StartAsync())
                {
                    ticket = await TicketAsync(other, await other.SignInAsync());
                }

                break;
            case "a bearer": ticket = ada.AccessToken.Replace(".", "", StringComparison.Ordinal); break;
            default: ticket = Assert.Single((await host.GetAsync($"/auth/acme/start?{StartHost.Code}")).Cookies()).Value.Value!; break;
        }

        audit.Clear();
        HttpResponseMessage answer = await BeginAsync(host, ticket);

        await answer.RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Null(answer.Headers.Location);
        Assert.DoesNotContain(answer.Cookies(), static cookie => cookie.Value.Length > 0);
        Assert.Equal([$"start invalid_request {reason}"], audit.Lines);
    }

    [Fact]
    public async Task A_ticket_is_spent_by_one_of_many_at_once()
    {
        await using DoorHost host = await StartAsync();
        string ticket = await TicketAsync(host, await host.SignInAsync());

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => BeginAsync(host, ticket)));

        Assert.Single(answers, static answer => answer.StatusCode == HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("&scope=admin")]
    [InlineData("&state=%FF")]
    [InlineData("&client_id=evil")]
    public async Task A_request_with_another_mistake_does_not_spend_the_ticket(string mistake)
    {
        await using DoorHost host = await StartAsync();
        string ticket = await TicketAsync(host, await host.SignInAsync());

        Assert.Equal(HttpStatusCode.BadRequest, (await BeginAsync(host, ticket + mistake)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await BeginAsync(host, ticket)).StatusCode);
    }

    // RED-036
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    public async Task A_link_is_not_begun_by_another_method(string method)
    {
        await using DoorHost host = await StartAsync();

        HttpResponseMessage answer = await host.CallAsync(await host.SignInAsync(), method, "/auth/acme/link-ticket");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    // RED-036
    [Fact]
    public async Task A_start_without_a_ticket_is_a_sign_in_whoever_is_signed_in()
    {
        await using DoorHost host = await StartAsync();
        IssuedToken ada = await host.SignInAsync();

        HttpResponseMessage answer = await host.GetAsync($"/auth/acme/start?{StartHost.Code}", $"Bearer {ada.AccessToken}");

        Assert.Null(host.Kept(answer).LinkUser);
    }

    [Theory]
    [InlineData("/auth/nobody/link-ticket", HttpStatusCode.NotFound, "unknown_provider", "unknown_provider")]
    [InlineData("/auth/bare/link-ticket", HttpStatusCode.Forbidden, "credential_not_accepted", "credential_kind_not_accepted")]
    public async Task No_ticket_is_given_for_a_provider_that_nobody_is_sent_to(string path, HttpStatusCode status, string error, string reason)
    {
        await using DoorHost host = await StartAsync();

        await (await host.CallAsync(await host.SignInAsync(), "POST", path)).RefusalAsync(status, error);

        Assert.Equal([$"link {error} {reason}"], audit.Lines);
    }

    [Fact]
    public async Task No_ticket_is_given_to_whoever_is_not_signed_in()
    {
        await using DoorHost host = await StartAsync();
        IssuedToken ada = await host.SignInAsync();
        await host.CallAsync(ada, "POST", "/auth/logout");

        await (await host.SendAsync(HttpMethod.Post, "/auth/acme/link-ticket")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        await (await host.CallAsync(ada, "POST", "/auth/acme/link-ticket")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task A_ticket_is_spent_once_and_never_printed()
    {
        await using DoorHost host = await StartAsync();
        var tickets = host.Services.GetRequiredService<LinkTickets>();
        IssuedToken ada = await host.SignInAsync();
        LinkTicket ticket = (await tickets.OpenAsync(await TicketAsync(host, ada), "acme", CancellationToken.None)).Value!;

        Assert.Null(await tickets.SpendAsync(ticket, CancellationToken.None));
        Assert.Equal("link_ticket_used", (await tickets.SpendAsync(ticket, CancellationToken.None))?.Reason);
        Assert.DoesNotContain(ticket.Id, $"{ticket}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_session_cookie_only_the_tickets_own_user_goes_on()
    {
        await using DoorHost host = await CookieBrowser.StartAsync(StartHost.Settings(), "Development");
        CookieBrowser ada = await CookieBrowser.SignInAsync(host);
        CookieBrowser bob = await CookieBrowser.SignInAsync(host, TokenRoom.Ada with { User = new UserRef("u-bob"), PreferredUsername = "bob" }, "s-2");
        HttpResponseMessage given = await ada.SendAsync("POST", "/auth/acme/link-ticket", headers: (CookieBrowser.Header, await ada.TokenAsync()));
        string path = $"/auth/acme/start?{StartHost.Cookie}&link_ticket={(await given.JsonAsync()).GetProperty("ticket").GetString()}";

        foreach (CookieBrowser other in (CookieBrowser[])[bob, new(host)])
        {
            JsonElement problem = await (await other.SendAsync("GET", path)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
            Assert.Equal("link_ticket_of_another_user", problem.GetProperty("reason").GetString());
        }

        HttpResponseMessage answer = await ada.SendAsync("GET", path);
        RedirectState kept = host.Kept(answer);
        Assert.Equal((RedirectMode.Cookie, "u-ada"), (kept.Mode, kept.LinkUser));
    }

    [Fact]
    public async Task A_page_of_another_site_gets_no_ticket_by_the_users_cookie()
    {
        await using DoorHost host = await CookieBrowser.StartAsync(StartHost.Settings());
        CookieBrowser ada = await CookieBrowser.SignInAsync(host);

        await (await ada.SendAsync("POST", "/auth/acme/link-ticket")).RefusalAsync(HttpStatusCode.Forbidden, "access_denied");
    }

    private Task<DoorHost> StartAsync() => StartHost.StartAsync(audit: audit);

    private static Task<HttpResponseMessage> BeginAsync(DoorHost host, string ticket) => host.GetAsync($"/auth/acme/start?{StartHost.Code}&link_ticket={ticket}");

    private static async Task<string> TicketAsync(DoorHost host, IssuedToken user, string provider = "acme")
    {
        HttpResponseMessage answer = await host.CallAsync(user, "POST", $"/auth/{provider}/link-ticket");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.JsonAsync()).GetProperty("ticket").GetString()!;
    }
}
