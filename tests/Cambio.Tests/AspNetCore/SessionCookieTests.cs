using System.Globalization;
using System.Net;
using System.Security.Claims;
using Cambio.Storage;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.AspNetCore;

/// <summary>What a session cookie is, how long it is good, and when it no longer counts.</summary>
public sealed class SessionCookieTests
{
    private static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromMinutes(15);

    private static readonly Account Bob = TokenRoom.Ada with { User = new UserRef("u-bob"), Name = "Bob", PreferredUsername = "bob" };

    // RED-032
    [Theory]
    [InlineData("Production", "https://api.example.com", "__Host-cambio-session", true)]
    [InlineData("Production", "http://localhost", "__Host-cambio-session", true)]
    [InlineData("Development", "https://localhost", "__Host-cambio-session", true)]
    [InlineData("Development", "http://localhost:5080", "cambio-session", false)]
    public async Task The_cookie_is_for_no_script_no_other_site_and_no_other_host(string environment, string address, string name, bool secure)
    {
        await using DoorHost host = await CookieBrowser.StartAsync(new() { ["Cambio:PublicUrl"] = address }, environment);
        await CookieBrowser.OpenAsync(host, TokenRoom.Ada, "s-1", TimeSpan.FromDays(90));

        HttpResponseMessage answer = await host.GetAsync("/sign-in/u-ada/s-1");

        string cookie = Assert.Single(CookieBrowser.SetCookies(answer));
        string[] attributes = cookie.Split("; ");
        Assert.StartsWith($"{name}=", cookie, StringComparison.Ordinal);
        string[] expected = ["expires=Tue, 16 Jun 2026 12:00:00 GMT", "httponly", "path=/", "samesite=lax"];
        Assert.Equal(secure ? [.. expected, "secure"] : expected, attributes[1..].Order(StringComparer.Ordinal));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task The_application_sees_the_same_user_by_cookie_as_by_bearer()
    {
        await using DoorHost host = await CookieBrowser.StartAsync(map: static app => app.MapGet(
            "/claims",
            static (ClaimsPrincipal me) => string.Join('\n', me.Claims.Where(static claim => claim.Type is not ("sid" or "iss" or "aud" or "iat" or "exp" or "jti"))
                .Select(static claim => $"{claim.Type}={claim.Value}@{claim.Issuer}").Order(StringComparer.Ordinal))).RequireAuthorization());
        IssuedToken token = await host.SignInAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);

        Assert.Equal("Hello Ada Lovelace", await (await browser.SendAsync("GET", "/hello")).Content.ReadAsStringAsync());
        string claims = await (await browser.SendAsync("GET", "/claims")).Content.ReadAsStringAsync();
        Assert.Equal(await (await host.GetAsync("/claims", $"Bearer {token.AccessToken}")).Content.ReadAsStringAsync(), claims);
        Assert.Equal(["auth_time", "name", "preferred_username", "sub"], claims.Split('\n').Select(static claim => claim.Split('=')[0]));
        Assert.Equal("u-ada", await (await browser.SendAsync("GET", "/who")).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Bearer x")]
    [InlineData("Bearer")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    public async Task An_authorization_header_wins_over_the_cookie_even_a_bad_one(string header)
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);

        foreach (string path in (string[])["/hello", "/auth/me"])
        {
            HttpResponseMessage answer = await browser.SendAsync("GET", path, headers: ("Authorization", header));
            await answer.RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        }
    }

    [Fact]
    public async Task A_good_bearer_beside_the_cookie_of_somebody_else_is_who_calls_and_needs_no_antiforgery_token()
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        string bearer = $"Bearer {(await host.SignInAsync(Bob)).AccessToken}";

        Assert.Equal("Hello Bob", await (await browser.SendAsync("GET", "/hello", headers: ("Authorization", bearer))).Content.ReadAsStringAsync());
        Assert.Equal("u-bob", (await (await browser.SendAsync("GET", "/auth/me", headers: ("Authorization", bearer))).JsonAsync()).GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync("POST", "/change", headers: ("Authorization", bearer))).StatusCode);
        HttpResponseMessage logout = await browser.SendAsync("POST", "/auth/logout", headers: ("Authorization", bearer));
        Assert.Equal(HttpStatusCode.NoContent, logout.StatusCode);
        Assert.Empty(CookieBrowser.SetCookies(logout));
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync("GET", "/auth/me")).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("chunks-2")]
    [InlineData("chunks-99999999")]
    [InlineData("%00%ff")]
    public async Task A_cookie_that_is_not_ours_is_401(string value)
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        foreach (string path in (string[])["/hello", "/auth/me"])
        {
            HttpResponseMessage answer = await host.SendAsync(HttpMethod.Get, path, null, null, null, ("Cookie", $"{CookieBrowser.Session}={value}"));
            await answer.RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    // A session can end, its user can be disabled, and its user can go.
    [Theory]
    [InlineData("AtOnce", 0, "ended")]
    [InlineData("AtOnce", 0, "disabled")]
    [InlineData("AtOnce", 0, "gone")]
    [InlineData("WithinSeconds", 5, "ended")]
    [InlineData("WithinSeconds", 5, "disabled")]
    [InlineData("AtExpiry", 900, "ended")]
    [InlineData("AtExpiry", 900, "disabled")]
    [InlineData("AtExpiry", 900, "gone")]
    public async Task The_application_refuses_the_cookie_of_an_ended_session_as_soon_as_the_setting_says_and_takes_it_back(string check, int seconds, string how)
    {
        await using DoorHost host = await CookieBrowser.StartAsync(new() { ["Cambio:Tokens:SessionCheck"] = check });
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync("GET", "/hello")).StatusCode);
        await EndAsync(host, how);
        if (seconds > 0)
        {
            host.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync("GET", "/hello")).StatusCode);
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        HttpResponseMessage answer = await browser.SendAsync("GET", "/hello");

        await answer.RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        Assert.StartsWith($"{CookieBrowser.Session}=; expires=Thu, 01 Jan 1970", Assert.Single(CookieBrowser.SetCookies(answer)), StringComparison.Ordinal);
        Assert.Empty(browser.Jar);
    }

    [Theory]
    [InlineData("ended")]
    [InlineData("disabled")]
    [InlineData("gone")]
    public async Task Our_doors_refuse_it_at_once_whatever_the_setting_and_take_it_back(string how)
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        await EndAsync(host, how);

        Assert.Equal("nobody", await (await browser.SendAsync("GET", "/who")).Content.ReadAsStringAsync());
        HttpResponseMessage answer = await browser.SendAsync("GET", "/auth/me");

        await answer.RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        Assert.Empty(browser.Jar);
    }

    [Theory]
    [InlineData("AtOnce", 3)]
    [InlineData("WithinSeconds", 1)]
    [InlineData("AtExpiry", 0)]
    public async Task The_store_is_asked_no_more_often_than_for_a_bearer(string check, int questions)
    {
        await using DoorHost host = await CookieBrowser.StartAsync(new() { ["Cambio:Tokens:SessionCheck"] = check });
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        int before = Desk(host).Questions;

        for (int i = 0; i < 3; i++)
        {
            HttpResponseMessage answer = await browser.SendAsync("GET", "/hello");
            Assert.Equal((HttpStatusCode.OK, 0), (answer.StatusCode, CookieBrowser.SetCookies(answer).Length));
        }

        Assert.Equal(questions, Desk(host).Questions - before);
    }

    [Theory]
    [InlineData("AtOnce", 0, "/hello")]
    [InlineData("WithinSeconds", 5, "/hello")]
    [InlineData("AtExpiry", 900, "/hello")]
    [InlineData("AtExpiry", 0, "/auth/me")]
    [InlineData("AtExpiry", 900, "/auth/me")]
    [InlineData("AtExpiry", 900, "/auth/antiforgery")]
    public async Task A_store_that_is_down_is_503_where_it_has_to_be_asked_and_the_cookie_stays(string check, int seconds, string path)
    {
        await using DoorHost host = await CookieBrowser.StartAsync(new() { ["Cambio:Tokens:SessionCheck"] = check });
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        host.Time.Advance(TimeSpan.FromSeconds(seconds));
        Desk(host).IsClosed = true;

        HttpResponseMessage answer = await browser.SendAsync("GET", path);

        await answer.RefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        Assert.Empty(CookieBrowser.SetCookies(answer));
        Desk(host).IsClosed = false;
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync("GET", path)).StatusCode);
    }

    [Fact]
    public async Task Use_keeps_the_cookie_good_and_shows_in_the_list_of_sessions()
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);

        for (int i = 0; i < 3; i++)
        {
            host.Time.Advance(TimeSpan.FromDays(29));
            HttpResponseMessage answer = await browser.SendAsync("GET", "/hello");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Headers.CacheControl?.NoStore);
        }

        Assert.Equal(host.Time.GetUtcNow(), (await host.Store.FindSessionAsync("s-1", CancellationToken.None))!.Session.LastUsedAt);
        Assert.Equal(TokenRoom.Start.AddDays(90), ExpiryOf(await RenewedAsync(host, browser)));
        host.Time.Advance(TimeSpan.FromDays(3));
        await (await browser.SendAsync("GET", "/hello")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task An_unused_cookie_is_good_for_as_long_as_an_unused_refresh_token()
    {
        await using DoorHost host = await CookieBrowser.StartAsync(new() { ["Cambio:Tokens:RefreshTokenLifetime"] = "01:00:00" });
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        string unused = browser.Jar[CookieBrowser.Session];
        host.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(TokenRoom.Start.AddMinutes(119), ExpiryOf(await browser.SendAsync("GET", "/hello")));
        host.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync("GET", "/hello")).StatusCode);
        browser.Jar[CookieBrowser.Session] = unused;
        await (await browser.SendAsync("GET", "/hello")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task A_session_that_ends_earlier_ends_the_cookie_too_and_no_use_moves_that()
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        await CookieBrowser.OpenAsync(host, TokenRoom.Ada, "s-1", TimeSpan.FromDays(2));
        var browser = new CookieBrowser(host);

        Assert.Equal(TokenRoom.Start.AddDays(2), ExpiryOf(await browser.SendAsync("GET", "/sign-in/u-ada/s-1")));
        host.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(TokenRoom.Start.AddDays(2), ExpiryOf(await browser.SendAsync("GET", "/hello")));
    }

    [Fact]
    public async Task A_new_name_is_in_the_cookie_when_it_is_next_renewed()
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        await ChangeAsync(host, transaction => transaction.Accounts.UpdateUserAsync(TokenRoom.Ada with { Name = "Ada King" }, CancellationToken.None));

        Assert.Equal("Hello Ada Lovelace", await (await browser.SendAsync("GET", "/hello")).Content.ReadAsStringAsync());
        HttpResponseMessage renewed = await RenewedAsync(host, browser);
        Assert.Equal("Hello Ada King", await renewed.Content.ReadAsStringAsync());
        Assert.Equal("Hello Ada King", await (await browser.SendAsync("GET", "/hello")).Content.ReadAsStringAsync());
    }

    // DOS-012
    [Theory]
    [InlineData('a')]
    [InlineData('é')]
    [InlineData('漢')]
    public async Task The_longest_names_make_no_cookie_that_a_browser_drops(char letter)
    {
        Account account = TokenRoom.Ada with { Name = new string(letter, 200), PreferredUsername = new string('a', 30), Email = new string('e', 240) + "@example.com", Picture = "https://example.com/" + new string('p', 1900) };
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host, account);

        Assert.InRange(CookieBrowser.Session.Length + 1 + Assert.Single(browser.Jar).Value.Length, 1, 4095 - 120);
        Assert.Equal($"Hello {account.Name}", await (await browser.SendAsync("GET", "/hello")).Content.ReadAsStringAsync());
    }

    private static StoreDesk Desk(DoorHost host) => (StoreDesk)host.Services.GetRequiredService<IStore>();

    private static async Task<HttpResponseMessage> RenewedAsync(DoorHost host, CookieBrowser browser)
    {
        host.Time.Advance(AccessTokenLifetime);
        return await browser.SendAsync("GET", "/hello");
    }

    private static DateTimeOffset ExpiryOf(HttpResponseMessage answer) => DateTimeOffset.Parse(
        Assert.Single(CookieBrowser.SetCookies(answer)).Split("expires=")[1].Split(';')[0], CultureInfo.InvariantCulture);

    private static Task EndAsync(DoorHost host, string how) => ChangeAsync(host, transaction => how switch
    {
        "ended" => transaction.Sessions.EndAsync(new SessionFilter { Id = "s-1" }, host.Time.GetUtcNow(), CancellationToken.None),
        "disabled" => transaction.Accounts.UpdateUserAsync(TokenRoom.Ada with { Disabled = true }, CancellationToken.None),
        _ => transaction.Accounts.DeleteUserAsync(TokenRoom.Ada.User, CancellationToken.None),
    });

    private static Task ChangeAsync(DoorHost host, Func<IStoreTransaction, Task> change) => host.Store.TransactAsync<bool>(
        async (transaction, _) =>
        {
            await change(transaction);
            return true;
        },
        CancellationToken.None);
}
