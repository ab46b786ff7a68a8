using Microsoft.Extensions.Logging;

namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>What goes wrong with cookies in practice, and what the operator is told: in the log always, in the answer in Development.</summary>
public sealed class RedirectComplaintsTests
{
    [Fact]
    public async Task A_site_that_is_opened_under_another_name_than_the_public_address()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        string localhost = $"http://localhost:{host.Address.Port}";
        browser.Route(localhost, host.Address);
        Page start = await browser.SendAsync(HttpMethod.Get, new Uri($"{localhost}/auth/google/start{new FrontEnd().Query()}"));
        Step callback = await RedirectHost.AllowAsync(browser, start.Location!, "ada");
        await AssertToldAsync(host, browser, callback, "Cambio:PublicUrl");
    }

    [Fact]
    public async Task A_cookie_that_is_marked_secure_and_a_site_that_is_served_over_http()
    {
        await using RedirectHost host = await RedirectHost.StartAsync([new("Cambio:PublicUrl", "http://api.example.com")]);
        using var browser = new WebBrowser();
        browser.Route("http://api.example.com", host.Address);
        Page start = await browser.SendAsync(HttpMethod.Get, new Uri($"http://api.example.com/auth/google/start{new FrontEnd().Query()}"));
        Assert.Empty(browser.Cookies(new Uri("http://api.example.com")));
        string state = RedirectHost.Query(start.Location!)["state"];
        var callback = new Step(HttpMethod.Get, new Uri($"http://api.example.com/auth/google/callback?code=C&state={state}"), start.Location!, null);
        await AssertToldAsync(host, browser, callback, "Secure");
    }

    [Fact]
    public async Task A_browser_that_keeps_no_cookies()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Step callback = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "google", new FrontEnd()), "ada");
        browser.ClearCookies(host.Address);
        await AssertToldAsync(host, browser, callback, "sends no cookie at all");
    }

    [Fact]
    public async Task A_form_from_another_site_and_a_cookie_that_stays_behind()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Step callback = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "apple", new FrontEnd()), "ada");
        await AssertToldAsync(host, browser, callback with { From = new Uri("https://appleid.apple.com/auth") }, "SameSite");
    }

    private static async Task AssertToldAsync(RedirectHost host, WebBrowser browser, Step callback, string word)
    {
        Page page = await callback.TakeAsync(browser);
        Assert.Equal((400, "text/html"), (page.Status, page.MediaType));
        Assert.Contains(word, page.Text, StringComparison.OrdinalIgnoreCase);
        var line = Assert.Single(host.Logs.All, static line => line.Level == LogLevel.Warning && line.Text.Contains("state", StringComparison.Ordinal));
        Assert.Contains(word, line.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(callback["state"]!, line.Text, StringComparison.Ordinal);
    }
}
