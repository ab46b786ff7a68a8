namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>Two instances behind one address: start on one, callback on the other, redeem on either.</summary>
public sealed class RedirectInstancesTests
{
    private const string PublicUrl = "https://api.example.com";

    [Theory]
    [InlineData("google")]
    [InlineData("apple")]
    public async Task A_flow_begun_on_one_instance_ends_on_another(string provider)
    {
        await using RedirectHost first = await RedirectHost.StartAsync([new("Cambio:PublicUrl", PublicUrl)]);
        await using CambioHost second = first.Second(provider, first.Host.ConnectionString, ("Cambio:PublicUrl", PublicUrl));
        using var browser = new WebBrowser();
        var front = new FrontEnd();

        browser.Route(PublicUrl, first.Address);
        Step callback = await RedirectHost.AllowAsync(browser, await BeginAsync(browser, provider, front), "ada");
        string cookies = string.Join("; ", browser.Cookies(callback.Address).Select(cookie => $"{cookie.Name}={cookie.Value}"));
        browser.Route(PublicUrl, second.Client.BaseAddress!);
        Dictionary<string, string> landing = RedirectHost.Landing(await callback.TakeAsync(browser));

        // What one instance has spent, the other does not take.
        browser.Route(PublicUrl, first.Address);
        Page replayed = await browser.SendAsync(callback.Method, callback.Address, callback.From, callback.Form, ("Cookie", cookies));
        Assert.Equal(400, replayed.Status);
        Assert.Equal(200, (await first.RedeemAsync(landing["code"], front)).Status);
    }

    [Fact]
    public async Task Of_callbacks_on_both_at_the_same_time_one_succeeds()
    {
        await using RedirectHost first = await RedirectHost.StartAsync([new("Cambio:PublicUrl", PublicUrl)]);
        await using CambioHost second = first.Second("google", first.Host.ConnectionString, ("Cambio:PublicUrl", PublicUrl));
        using var browser = new WebBrowser();
        browser.Route(PublicUrl, first.Address);
        Step callback = await RedirectHost.AllowAsync(browser, await BeginAsync(browser, "google", new FrontEnd()), "ada");
        string cookies = string.Join("; ", browser.Cookies(callback.Address).Select(cookie => $"{cookie.Name}={cookie.Value}"));
        Page[] pages = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            using var own = new WebBrowser();
            own.Route(PublicUrl, i % 2 == 0 ? first.Address : second.Client.BaseAddress!);
            return await own.SendAsync(callback.Method, callback.Address, callback.From, callback.Form, ("Cookie", cookies));
        }));
        Assert.Single(pages, static page => page.Status == 302);
        Assert.Equal(9, pages.Count(static page => page.Status == 400));
        Assert.Equal(1, first.Calls("token"));
    }

    [Fact]
    public async Task Instances_without_a_common_key_ring_say_so_to_the_operator()
    {
        await using RedirectHost first = await RedirectHost.StartAsync([new("Cambio:PublicUrl", PublicUrl)]);
        await using CambioHost second = first.Second("google", null, ("Cambio:PublicUrl", PublicUrl));
        using var browser = new WebBrowser();
        browser.Route(PublicUrl, first.Address);
        Step callback = await RedirectHost.AllowAsync(browser, await BeginAsync(browser, "google", new FrontEnd()), "ada");
        browser.Route(PublicUrl, second.Client.BaseAddress!);
        Page page = await browser.SendAsync(callback.Method, callback.Address, headers: ("Accept", "application/json"));
        Assert.Equal(400, page.Status);
        Assert.Contains("state_cookie_unreadable", page.Text, StringComparison.Ordinal);
        Assert.Contains("\"hint\"", page.Text, StringComparison.Ordinal);
    }

    private static async Task<Uri> BeginAsync(WebBrowser browser, string provider, FrontEnd front)
    {
        Page start = await browser.SendAsync(HttpMethod.Get, new Uri($"{PublicUrl}/auth/{provider}/start{front.Query()}"), FrontEnd.Page);
        Assert.True(start.Status == 302, start.Text);
        return start.Location!;
    }
}
