using System.Net.Http.Headers;
using System.Text.Json;

namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>The whole redirect flow, walked by a browser from the button to our tokens.</summary>
public sealed class RedirectFlowTests
{
    /// <summary>One of each dialect: OpenID Connect, form_post, other token parameters, a bare OAuth 2.0 provider, PKCE with Basic, Basic.</summary>
    [Theory]
    [InlineData("google")]
    [InlineData("apple")]
    [InlineData("facebook")]
    [InlineData("github")]
    [InlineData("twitter")]
    [InlineData("reddit")]
    [InlineData("microsoft")]
    [InlineData("linkedin")]
    [InlineData("wechat")]
    [InlineData("vkid")]
    public async Task Signs_a_user_in_in_the_dialect_of(string provider)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Answer me = await host.SignInAsync(browser, provider, "ada");
        Assert.Equal(200, me.Status);
        Assert.Empty(browser.Cookies(host.Address));

        // The same person again is the same user.
        Answer again = await host.SignInAsync(browser, provider, "ada");
        Assert.Equal(me.Json.GetProperty("id").GetString(), again.Json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Native_apps_come_back_by_a_scheme_of_their_own_or_to_any_port_of_loopback()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        foreach (string returnUrl in (string[])["com.example.app:/cb", "http://127.0.0.1/cb", "http://127.0.0.1:52345/cb"])
        {
            var front = new FrontEnd();
            Page landing = await host.WalkAsync(browser, "google", "ada", front, ("return_url", returnUrl));
            Assert.StartsWith($"{returnUrl}?", landing.Header("Location"), StringComparison.Ordinal);
            Assert.Equal(200, (await host.RedeemAsync(RedirectHost.Landing(landing)["code"], front, returnUrl)).Status);
        }
    }

    [Fact]
    public async Task A_return_url_keeps_its_own_query()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Page landing = await host.WalkAsync(browser, "google", "ada", new FrontEnd(), ("return_url", "https://app.example.com/with?query=1"));
        Assert.StartsWith("https://app.example.com/with?query=1&", landing.Header("Location"), StringComparison.Ordinal);
        Assert.Equal(["code", "query", "state"], RedirectHost.Landing(landing).Keys.Order());
    }

    [Fact]
    public async Task A_popup_posts_the_code_to_the_exact_origin_that_opened_it()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        var front = new FrontEnd();
        Page page = await host.WalkAsync(browser, "google", "ada", front, ("mode", "popup"), ("return_url", null), ("origin", FrontEnd.Origin));
        Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        PopupMessage message = PopupMessage.In(page);
        Assert.Equal((FrontEnd.Origin, front.State), (message.Origin, message.Value("state")));
        Assert.DoesNotContain("<script>", page.Text, StringComparison.Ordinal);
        Answer tokens = await host.RedeemAsync(message.Value("code")!, front, FrontEnd.Origin);
        Assert.True(tokens.Status == 200, tokens.Text);
    }

    [Fact]
    public async Task A_cookie_signs_in_a_site_that_renders_its_pages_on_the_server()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Page landing = await host.WalkAsync(browser, "google", "ada", new FrontEnd(), ("mode", "cookie"), ("code_challenge", null), ("state", null));
        Assert.Equal((302, FrontEnd.ReturnUrl), (landing.Status, landing.Header("Location")));
        Assert.Equal("cambio-session", Assert.Single(browser.Cookies(host.Address)).Name);

        Page me = await browser.SendAsync(HttpMethod.Get, new Uri(host.Address, "/auth/me"));
        Assert.Equal(200, me.Status);
        Page bare = await browser.SendAsync(HttpMethod.Post, new Uri(host.Address, "/auth/logout"));
        Assert.Equal((403, 200), (bare.Status, (await browser.SendAsync(HttpMethod.Get, new Uri(host.Address, "/auth/me"))).Status));

        JsonElement token = JsonSerializer.Deserialize<JsonElement>((await browser.SendAsync(HttpMethod.Get, new Uri(host.Address, "/auth/antiforgery"))).Text);
        Page logout = await browser.SendAsync(
            HttpMethod.Post, new Uri(host.Address, "/auth/logout"), headers: (token.GetProperty("header").GetString()!, token.GetProperty("token").GetString()!));
        Assert.Equal(204, logout.Status);
        Assert.DoesNotContain(browser.Cookies(host.Address), cookie => cookie.Name == "cambio-session");
        Assert.Equal(401, (await browser.SendAsync(HttpMethod.Get, new Uri(host.Address, "/auth/me"))).Status);
    }

    [Fact]
    public async Task Passes_hints_and_listed_scopes_on_to_the_provider()
    {
        await using RedirectHost host = await RedirectHost.StartAsync([new("Cambio:Providers:google:ExtraScope", "https://www.googleapis.com/auth/calendar.readonly")]);
        using var browser = new WebBrowser();
        Uri authorization = await host.BeginAsync(
            browser, "google", new FrontEnd(), ("login_hint", "ada@example.com"), ("prompt", "select_account consent"), ("ui_locales", "de-CH fr"),
            ("scope", "https://www.googleapis.com/auth/calendar.readonly"));
        Dictionary<string, string> sent = RedirectHost.Query(authorization);
        Assert.Equal(("ada@example.com", "select_account consent", "de-CH fr"), (sent["login_hint"], sent["prompt"], sent["ui_locales"]));
        Assert.Contains("https://www.googleapis.com/auth/calendar.readonly", sent["scope"].Split(' '));
        Assert.Contains("openid", sent["scope"].Split(' '));
    }

    [Fact]
    public async Task Two_browsers_and_many_tabs_do_not_disturb_each_other()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var ada = new WebBrowser();
        using var grace = new WebBrowser();
        (WebBrowser Browser, string Provider, FrontEnd Front)[] tabs =
        [
            (ada, "google", new()), (ada, "github", new()), (ada, "apple", new()), (ada, "google", new()), (grace, "google", new()), (grace, "facebook", new()),
        ];
        var steps = new List<Step>();
        foreach (var (browser, provider, front) in tabs)
        {
            steps.Add(await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, provider, front), $"{(browser == ada ? "ada" : "grace")} at {provider}"));
        }

        foreach (int i in (int[])[3, 5, 0, 4, 2, 1])
        {
            Dictionary<string, string> landing = RedirectHost.Landing(await steps[i].TakeAsync(tabs[i].Browser));
            Assert.Equal(tabs[i].Front.State, landing["state"]);
            Assert.Equal(200, (await host.RedeemAsync(landing["code"], tabs[i].Front)).Status);
        }
    }

    [Fact]
    public async Task An_exchange_that_asks_the_user_goes_on_in_the_front_end()
    {
        await using RedirectHost host = await RedirectHost.StartAsync(
        [
            new("Cambio:Pipeline", "find-login, link-current-user, check-allowed, link-by-email, create-user, require-terms, save-login, update-profile"),
            new("Cambio:Accounts:Terms", "2026-11"),
        ]);
        using var browser = new WebBrowser();
        var front = new FrontEnd();
        Dictionary<string, string> landing = RedirectHost.Landing(await host.WalkAsync(browser, "google", "ada", front));
        Assert.Equal(["code", "state"], landing.Keys.Order());
        Answer asked = await host.RedeemAsync(landing["code"], front);
        Assert.Equal((400, "interaction_required", "terms", "2026-11"), (asked.Status, asked.Error, AskingHost.Requires(asked), asked.Json.GetProperty("terms_version").GetString()));
        Answer done = await host.Host.ExchangeAsync("google", ("ticket", AskingHost.Ticket(asked)), ("terms", "2026-11"));
        Assert.True(done.Status == 200, done.Text);
        Assert.Equal((400, "invalid_grant"), await host.RedeemAsync(landing["code"], front) is var again ? (again.Status, again.Error) : default);

        // In cookie mode there is nobody to ask.
        Page cookie = await host.WalkAsync(browser, "google", "grace", new FrontEnd(), ("mode", "cookie"));
        Assert.Equal("interaction_required", RedirectHost.Landing(cookie)["error"]);
    }
}

/// <summary>What a popup's page is to post, as its script reads it.</summary>
internal sealed record PopupMessage(string Origin, JsonElement Message)
{
    public string? Value(string name) => Message.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    public static PopupMessage In(Page page)
    {
        string Attribute(string name) => System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page.Text, $"{name}=\"([^\"]*)\"").Groups[1].Value);
        return new(Attribute("data-origin"), JsonSerializer.Deserialize<JsonElement>(Attribute("data-message")));
    }
}
