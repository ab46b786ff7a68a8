using System.Net;
using System.Text.Json;
using Cambio.Storage;
using Cambio.Tests.Tokens;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.AspNetCore;

/// <summary>Calls by session cookie that may change something, on our doors and on the application's own.</summary>
public sealed class AntiforgeryTests
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly Account Bob = TokenRoom.Ada with { User = new UserRef("u-bob"), Name = "Bob", PreferredUsername = "bob" };

    /// <summary>Every call that changes something, with what it answers when the token is there.</summary>
    public static TheoryData<string, string, string?, HttpStatusCode> Calls => new()
    {
        { "PATCH", "/auth/me", """{"name":"Ada King"}""", HttpStatusCode.OK },
        { "DELETE", "/auth/me", null, HttpStatusCode.NoContent },
        { "DELETE", "/auth/me/logins/acme", null, HttpStatusCode.NotFound },
        { "DELETE", "/auth/me/sessions/s-1", null, HttpStatusCode.NoContent },
        { "POST", "/auth/logout", null, HttpStatusCode.NoContent },
        { "POST", "/auth/logout?everywhere=true", null, HttpStatusCode.NoContent },
        { "POST", "/auth/nobody/link", """{"code":"c"}""", HttpStatusCode.NotFound },
        { "POST", "/change", "{}", HttpStatusCode.OK },
        { "PUT", "/change", "{}", HttpStatusCode.OK },
        { "PATCH", "/change", "{}", HttpStatusCode.OK },
        { "DELETE", "/change", null, HttpStatusCode.OK },
    };

    [Fact]
    public async Task The_token_comes_with_the_name_of_its_header_and_is_not_kept()
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);

        HttpResponseMessage answer = await browser.SendAsync("GET", "/auth/antiforgery");

        JsonElement token = await answer.JsonAsync();
        Assert.Equal(["token", "header"], token.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(CookieBrowser.Header, token.GetProperty("header").GetString());
        Answer.AssertNotKept(answer);
        Assert.Matches($"^{CookieBrowser.Antiforgery}=[^;]+; path=/; secure; samesite=lax; httponly$", Assert.Single(CookieBrowser.SetCookies(answer)));
    }

    [Fact]
    public async Task Nobody_gets_a_token_without_a_session()
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        await (await host.GetAsync("/auth/antiforgery")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_by_cookie_goes_through_with_a_token(string method, string path, string? body, HttpStatusCode status)
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);

        HttpResponseMessage answer = await browser.SendAsync(method, path, body, headers: (CookieBrowser.Header, await browser.TokenAsync()));

        Assert.Equal(status, answer.StatusCode);
    }

    // HDR-011: what a page of another site can make a browser send.
    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Without_one_it_is_403_and_says_where_to_get_one(string method, string path, string? body, HttpStatusCode status)
    {
        Assert.NotEqual(HttpStatusCode.Forbidden, status);
        await using DoorHost host = await CookieBrowser.StartAsync(environment: "Development", settings: new() { ["Cambio:PublicUrl"] = TokenRoom.Issuer });
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        await browser.TokenAsync();
        host.Time.Advance(TimeSpan.FromMinutes(20));
        foreach (string contentType in (string[])["text/plain", "application/json", Form])
        {
            HttpResponseMessage answer = await browser.SendAsync(method, path, body, contentType, ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"));

            JsonElement problem = await answer.RefusalAsync(HttpStatusCode.Forbidden, "access_denied");
            Assert.Equal("antiforgery_missing", problem.GetProperty("reason").GetString());
            Assert.Contains("GET /auth/antiforgery and send it in the header RequestVerificationToken", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Empty(CookieBrowser.SetCookies(answer));
        }

        Assert.Equal("Ada Lovelace", (await (await browser.SendAsync("GET", "/auth/me")).JsonAsync()).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("another user's")]
    [InlineData("another browser's")]
    [InlineData("without its cookie")]
    public async Task A_token_that_is_not_of_this_user_and_this_browser_is_403(string which)
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        string token = await browser.TokenAsync();
        switch (which)
        {
            case "another user's":
                // Even a page that can plant both its own cookie and its own token.
                CookieBrowser bob = await CookieBrowser.SignInAsync(host, Bob, "s-2");
                token = await bob.TokenAsync();
                browser.Jar[CookieBrowser.Antiforgery] = bob.Jar[CookieBrowser.Antiforgery];
                break;
            case "another browser's":
                token = await (await CookieBrowser.SignInAsync(host, TokenRoom.Ada, "s-2")).TokenAsync();
                break;
            case "without its cookie":
                browser.Jar.Remove(CookieBrowser.Antiforgery);
                break;
            default:
                token = which;
                break;
        }

        foreach (string path in (string[])["/auth/logout", "/change"])
        {
            await (await browser.SendAsync("POST", path, headers: (CookieBrowser.Header, token))).RefusalAsync(HttpStatusCode.Forbidden, "access_denied");
        }
    }

    [Fact]
    public async Task A_form_of_the_applications_own_may_carry_the_token_and_can_still_be_read()
    {
        await using DoorHost host = await CookieBrowser.StartAsync(map: static app => app
            .MapPost("/form", static async (HttpRequest request, CancellationToken cancellationToken) => (await request.ReadFormAsync(cancellationToken))["word"].ToString()).RequireAuthorization());
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        string token = Uri.EscapeDataString(await browser.TokenAsync());

        HttpResponseMessage answer = await browser.SendAsync("POST", "/form", $"word=yes&__RequestVerificationToken={token}", Form);

        Assert.Equal("yes", await answer.Content.ReadAsStringAsync());
        await (await browser.SendAsync("POST", "/form", "word=yes", Form)).RefusalAsync(HttpStatusCode.Forbidden, "access_denied");
        await (await browser.SendAsync("POST", "/form", "--", "multipart/form-data; boundary=x")).RefusalAsync(HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task A_form_at_a_door_of_ours_takes_the_token_in_the_header_and_keeps_its_body()
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        string token = await browser.TokenAsync();

        HttpResponseMessage inForm = await browser.SendAsync("PATCH", "/auth/me", $"name=King&__RequestVerificationToken={Uri.EscapeDataString(token)}", Form);
        HttpResponseMessage inHeader = await browser.SendAsync("PATCH", "/auth/me", "name=King", Form, (CookieBrowser.Header, token));

        await inForm.RefusalAsync(HttpStatusCode.Forbidden, "access_denied");
        Assert.Equal("King", (await inHeader.JsonAsync()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_exchange_ignores_the_cookie_and_reads_its_form()
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);

        HttpResponseMessage answer = await browser.SendAsync("POST", "/auth/nobody", "code=c&redirect_uri=https%3A%2F%2Fapp.example.com", Form);

        await answer.RefusalAsync(HttpStatusCode.NotFound, "unknown_provider");
    }

    [Theory]
    [InlineData("/auth/logout", "")]
    [InlineData("/auth/logout?everywhere=true", "")]
    [InlineData("/auth/me/sessions/s-1", "")]
    [InlineData("/auth/me/sessions/s-2", CookieBrowser.Session)]
    [InlineData("/auth/me", "")]
    public async Task What_ends_the_session_takes_the_cookie_back(string path, string left)
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        await CookieBrowser.OpenAsync(host, TokenRoom.Ada, "s-2", TimeSpan.FromDays(1));
        string token = await browser.TokenAsync();
        string cookie = browser.Jar[CookieBrowser.Session];

        // Late enough for the cookie to be renewed by the same call.
        host.Time.Advance(TimeSpan.FromMinutes(20));
        HttpResponseMessage answer = await browser.SendAsync(path.Contains("logout", StringComparison.Ordinal) ? "POST" : "DELETE", path, headers: (CookieBrowser.Header, token));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(left, string.Join(' ', browser.Jar.Keys.Where(static name => name != CookieBrowser.Antiforgery)));
        browser.Jar[CookieBrowser.Session] = cookie;
        Assert.Equal(left.Length > 0, (await browser.SendAsync("GET", "/auth/me")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Logout_by_the_cookie_of_an_ended_session_takes_it_back_too()
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        (string, string) token = (CookieBrowser.Header, await browser.TokenAsync());
        string cookie = browser.Jar[CookieBrowser.Session];
        await browser.SendAsync("POST", "/auth/logout", headers: token);
        browser.Jar[CookieBrowser.Session] = cookie;

        Assert.Equal(HttpStatusCode.NoContent, (await browser.SendAsync("POST", "/auth/logout", headers: token)).StatusCode);
        Assert.DoesNotContain(CookieBrowser.Session, browser.Jar.Keys);
    }

    [Fact]
    public async Task The_list_of_sessions_knows_which_one_asks_by_cookie()
    {
        await using DoorHost host = await CookieBrowser.StartAsync();
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);
        await CookieBrowser.OpenAsync(host, TokenRoom.Ada, "s-2", TimeSpan.FromDays(1));

        JsonElement list = await (await browser.SendAsync("GET", "/auth/me/sessions")).JsonAsync();

        Assert.Equal(
            [("s-1", true), ("s-2", false)],
            list.GetProperty("sessions").EnumerateArray().Select(static session => (session.GetProperty("id").GetString(), session.GetProperty("current").GetBoolean())).Order());
    }

    [Fact]
    public async Task A_policy_of_the_application_may_name_the_cookie_scheme_and_is_answered_alike()
    {
        await using DoorHost host = await CookieBrowser.StartAsync(
            configure: static services => services.AddAuthentication("Own").AddCookie("Own"),
            map: static app => app.MapMethods("/pages", ["GET", "POST"], static () => "in")
                .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = Cambio.AspNetCore.CambioAuthentication.CookieScheme }));
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);

        await (await host.GetAsync("/pages")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync("GET", "/pages")).StatusCode);
        await (await browser.SendAsync("POST", "/pages")).RefusalAsync(HttpStatusCode.Forbidden, "access_denied");
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync("POST", "/pages", headers: (CookieBrowser.Header, await browser.TokenAsync()))).StatusCode);
    }

    [Fact]
    public async Task An_application_that_named_its_antiforgery_cookie_keeps_its_settings()
    {
        await using DoorHost host = await CookieBrowser.StartAsync(configure: static services => services.AddAntiforgery(static options =>
        {
            options.HeaderName = "X-Own";
            options.Cookie.Name = "own";
        }));
        CookieBrowser browser = await CookieBrowser.SignInAsync(host);

        JsonElement token = await (await browser.SendAsync("GET", "/auth/antiforgery")).JsonAsync();

        Assert.Equal("X-Own", token.GetProperty("header").GetString());
        Assert.Contains("own", browser.Jar.Keys);
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync("POST", "/change", headers: ("X-Own", token.GetProperty("token").GetString()!))).StatusCode);
    }
}
