namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>Attacks on the start: where it is to return to, and what it is to say to the provider.</summary>
public sealed class RedirectStartAttacks
{
    public static TheoryData<string> OpenRedirects =>
    [
        "https://evil", "//evil", "/\\\\evil", "\\\\evil", "https:evil", "javascript:alert(1)", "data:text/html,x", "%2f%2fevil", "/\t/evil", "http://good@evil",
        "https://app.example.com.evil.tld", "https://evil#https://app.example.com/done", "https://evil?https://app.example.com/done", "／／evil", "https://app.example.com/done\r\nX: y",
        "https://app.example.com/done" + new string('a', 5000), "https://app.example.com/done/", "https://app.example.com/done?x=1", "https://app.example.com/done#x",
        "https://app.example.com/Done", "HTTPS://app.example.com/done", "https://app.example.com:443/done", "https://app.example.com//done", "https://app.example.com/x/../done",
        "https://user@app.example.com/done", "https://app.example.com\\@evil/done", "https://app.example.com%2f@evil/done", "http://app.example.com/done", " https://app.example.com/done",
        "https://app.example.com/done ", "https://аpp.example.com/done", "https://xn--pp-6kc.example.com/done", "com.example.app:/cb2", "com.example.app://cb", "http://127.0.0.1:80a/cb",
        "http://127.0.0.1:/cb", "http://127.0.0.1:0/cb", "http://127.0.0.1:65536/cb", "http://127.0.0.1:080/cb", "http://127.0.0.1:80@evil/cb", "http://127.0.0.1:80/cb/../evil",
        "http://127.0.0.1.evil:80/cb", "http://localhost:80/cb", "http://[::1]:80/cb", "https://127.0.0.1:80/cb", "http://127.1:80/cb", "https://app.example.com/done,https://evil", "",
    ];

    [Attack("RED-028")]
    [Theory]
    [MemberData(nameof(OpenRedirects))]
    public async Task No_start_returns_to_an_address_that_is_not_listed(string returnUrl)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        Dictionary<string, long> before = host.Host.Rows();
        Answer answer = await host.Host.GetAsync(host.StartOf("google", new FrontEnd().Query(("return_url", returnUrl))).PathAndQuery);
        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Error));
        Assert.Null(answer.Headers.Location);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal(before, host.Host.Rows());
        Assert.Empty(host.Fakes.Simulator.Calls);
    }

    [Attack("RED-031")]
    [Theory]
    [InlineData("client_id=evil")]
    [InlineData("redirect_uri=https://evil.example")]
    [InlineData("response_type=token")]
    [InlineData("RESPONSE_MODE=fragment")]
    [InlineData("nonce=x")]
    [InlineData("Client_Id=evil")]
    [InlineData("code_verifier=x")]
    [InlineData("request_uri=https://evil.example")]
    [InlineData("access_token=x")]
    [InlineData("scope=admin")]
    [InlineData("state=one&state=two")]
    [InlineData("code_challenge_method=plain")]
    [InlineData("code_challenge=short")]
    [InlineData("return_url=https://app.example.com/done&return_url=https://evil.example")]
    [InlineData("mode=token")]
    [InlineData("prompt=%0d%0aX:%20y")]
    [InlineData("login_hint=%ff")]
    public async Task No_start_lets_a_caller_say_what_is_ours_to_say(string parameter)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        string name = parameter[..parameter.IndexOf('=', StringComparison.Ordinal)];
        Uri start = host.StartOf("google", new FrontEnd().Query((name, null)) + "&" + parameter);
        Answer answer = await host.Host.GetAsync(start.PathAndQuery);
        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Error));
        Assert.Null(answer.Headers.Location);
        Assert.Empty(host.Fakes.Simulator.Calls);
    }

    [Attack("RED-032")]
    [Theory]
    [InlineData("google", "Lax")]
    [InlineData("apple", "None")]
    public async Task Cookies_over_https_are_bound_to_the_host_and_come_back_across_sites_only_where_they_must(string provider, string sameSite)
    {
        await using RedirectHost host = await RedirectHost.StartAsync([new("Cambio:PublicUrl", "https://api.example.com")]);
        using var browser = new WebBrowser();
        browser.Route("https://api.example.com", host.Address);
        var front = new FrontEnd();
        Uri start = new($"https://api.example.com/auth/{provider}/start{front.Query()}");
        Page begun = await browser.SendAsync(HttpMethod.Get, start, FrontEnd.Page);
        string cookie = Assert.Single(browser.SetCookies);
        Assert.StartsWith("__Host-cambio-", cookie, StringComparison.Ordinal);
        foreach (string attribute in (string[])["; secure", "; httponly", $"; samesite={sameSite}", "; path=/", "; max-age=600"])
        {
            Assert.Contains(attribute, cookie, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);

        // The provider's site is another one, and its form comes across.
        Step callback = await RedirectHost.AllowAsync(browser, begun.Location!, "ada");
        Assert.Equal("api.example.com", callback.Address.Host);
        Dictionary<string, string> landing = RedirectHost.Landing(await callback.TakeAsync(browser));
        Assert.Equal(200, (await host.RedeemAsync(landing["code"], front)).Status);
        Assert.Empty(browser.Cookies(start));
    }

    [Attack("RED-036")]
    [Theory]
    [InlineData("/auth/google/link")]
    [InlineData("/auth/google/link-ticket")]
    public async Task Linking_cannot_be_begun_by_GET(string path)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        Answer answer = await host.Host.GetAsync(path);
        Assert.Equal(405, answer.Status);
        Assert.Empty(host.Fakes.Simulator.Calls);
    }
}
