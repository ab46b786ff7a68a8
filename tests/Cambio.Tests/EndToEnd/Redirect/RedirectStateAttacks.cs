using Cambio.Testing;

namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>Attacks on the callback: states that are missing, forged, replayed, expired, or somebody else's. Nobody is called, nothing is written.</summary>
public sealed class RedirectStateAttacks
{
    private static readonly string Huge = new('a', 10 * 1024);

    [Attack("RED-001")]
    [Attack("RED-002")]
    [Attack("RED-025")]
    [Theory]
    [InlineData("?code=C")]
    [InlineData("?code=C&state=")]
    [InlineData("?code=C&state=random")]
    [InlineData("?code=C&state='%20OR%201")]
    [InlineData("?code=C&state=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("?code=C&state=HUGE")]
    [InlineData("?code=C&state=%ff%fe")]
    [InlineData("?code=C&state=%zz")]
    [InlineData("?error=access_denied")]
    [InlineData("?error=access_denied&error_description=go+to+https://evil.example&state=random")]
    [InlineData("")]
    public async Task Refuses_a_callback_without_a_state_of_ours(string query)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        Dictionary<string, long> before = host.Host.Rows();
        host.Audit.Clear();
        Answer answer = await host.Host.GetAsync("/auth/google/callback" + query.Replace("HUGE", Huge, StringComparison.Ordinal));
        Assert.Equal((400, "invalid_state"), (answer.Status, answer.Error));
        Assert.Null(answer.Headers.Location);
        Assert.DoesNotContain("evil", answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, host.Host.Rows());
        Assert.Empty(host.Fakes.Simulator.Calls);
        Assert.Equal("invalid_state", Assert.Single(host.Audit.All).Outcome);
    }

    [Attack("RED-003")]
    [Fact]
    public async Task Another_browser_gets_nothing_from_a_callback_and_spends_nothing()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var attacker = new WebBrowser();
        using var victim = new WebBrowser();
        var front = new FrontEnd();
        Step callback = await RedirectHost.AllowAsync(attacker, await host.BeginAsync(attacker, "google", front), "attacker");
        await host.BeginAsync(victim, "google", new FrontEnd());
        Dictionary<string, long> before = host.Host.Rows();

        Page refused = await callback.TakeAsync(victim);
        Assert.Equal(400, refused.Status);
        Assert.Equal("text/html", refused.MediaType);
        Assert.Null(refused.Location);
        Assert.Equal(before, host.Host.Rows());
        Assert.Equal(0, host.Calls("token"));

        Assert.Equal(["code", "state"], RedirectHost.Landing(await callback.TakeAsync(attacker)).Keys.Order());
    }

    [Attack("RED-004")]
    [Theory]
    [InlineData("google")]
    [InlineData("apple")]
    public async Task A_state_is_good_once(string provider)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        var front = new FrontEnd();
        Step callback = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, provider, front), "ada");
        string cookies = string.Join("; ", browser.Cookies(host.Address).Select(cookie => $"{cookie.Name}={cookie.Value}"));
        Dictionary<string, string> landing = RedirectHost.Landing(await callback.TakeAsync(browser));
        int calls = host.Calls("token");

        // Once with the cookie gone, once by somebody who kept it.
        Page reload = await callback.TakeAsync(browser);
        Page kept = await browser.SendAsync(callback.Method, callback.Address, callback.From, callback.Form, ("Cookie", cookies), ("Accept", "application/json"));
        Assert.Equal((400, 400), (reload.Status, kept.Status));
        Assert.Contains("invalid_state", kept.Text, StringComparison.Ordinal);
        Assert.Contains("state_spent", kept.Text, StringComparison.Ordinal);
        Assert.Equal(calls, host.Calls("token"));
        Assert.Equal(200, (await host.RedeemAsync(landing["code"], front)).Status);
    }

    [Attack("RED-005")]
    [Fact]
    public async Task A_state_is_spent_by_a_failure_too()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Step callback = (await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "google", new FrontEnd()), "ada")).With("code", "forged");
        Assert.Equal("invalid_grant", RedirectHost.Landing(await callback.TakeAsync(browser))["error"]);
        int calls = host.Calls("token");
        Assert.Equal(400, (await callback.TakeAsync(browser)).Status);
        Assert.Equal(calls, host.Calls("token"));
    }

    [Attack("RED-007")]
    [Theory]
    [InlineData(599, 302)]
    [InlineData(601, 400)]
    public async Task A_state_is_good_for_ten_minutes(int seconds, int status)
    {
        await using RedirectHost host = await RedirectHost.StartAsync(clock: true);
        using var browser = new WebBrowser();
        Step callback = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "github", new FrontEnd()), "ada");
        Dictionary<string, long> before = host.Host.Rows();
        host.Clock!.Advance(TimeSpan.FromSeconds(seconds));
        Page page = await callback.TakeAsync(browser);
        Assert.Equal(status, page.Status);
        if (status == 400)
        {
            Assert.Equal(before, host.Host.Rows());
            Assert.Equal(0, host.Calls("token"));
        }
    }

    [Attack("RED-009")]
    [Fact]
    public async Task Callbacks_of_two_tabs_in_swapped_order_both_succeed()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        FrontEnd[] fronts = [new(), new()];
        Step first = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "google", fronts[0]), "ada");
        Step second = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "github", fronts[1]), "ada");
        Assert.Equal(fronts[1].State, RedirectHost.Landing(await second.TakeAsync(browser))["state"]);
        Assert.Equal(fronts[0].State, RedirectHost.Landing(await first.TakeAsync(browser))["state"]);
    }

    [Attack("RED-021")]
    [Theory]
    [InlineData("facebook", "github")]
    [InlineData("google", "microsoft")]
    public async Task A_state_is_good_for_its_own_provider_alone(string evil, string good)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Step callback = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, evil, new FrontEnd()), "ada");
        string address = callback.Address.AbsoluteUri.Replace($"/{evil}/", $"/{good}/", StringComparison.Ordinal);
        Page refused = await (callback with { Address = new Uri(address) }).TakeAsync(browser);
        Assert.Equal(400, refused.Status);
        Assert.Equal(0, host.Calls("token"));
    }

    [Attack("RED-021")]
    [Fact]
    public async Task A_code_of_an_honest_provider_is_not_sent_to_another()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        MintedCredentials good = host.Fakes["google"].Mint("victim");
        Step callback = (await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "microsoft", new FrontEnd()), "ada"))
            .With("code", good.Code).With("iss", "https://accounts.google.com");
        Page refused = await callback.TakeAsync(browser);
        Assert.Equal(400, refused.Status);
        Assert.Equal(0, host.Calls("token"));
    }

    [Attack("RED-018")]
    [Theory]
    [InlineData("google", "https://as2.example")]
    [InlineData("google", "https://accounts.google.com/")]
    [InlineData("google", "https://accounts.google.com.evil.example")]
    [InlineData("github", "https://evil.example/login/oauth")]
    public async Task A_foreign_issuer_is_refused_before_the_code_is_sent_anywhere(string provider, string issuer)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Step callback = (await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, provider, new FrontEnd()), "ada")).With("iss", issuer);
        Dictionary<string, long> before = host.Host.Rows();
        Page refused = await browser.SendAsync(callback.Method, callback.Address, callback.From, callback.Form, ("Accept", "application/json"));
        Assert.Equal(400, refused.Status);
        Assert.Contains("\"invalid_state\"", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Definition:Issuer", refused.Text, StringComparison.Ordinal);
        Assert.Contains(host.Logs.All, static line => line.Text.Contains("issuer_mismatch", StringComparison.Ordinal) && line.Text.Contains("Definition:Issuer", StringComparison.Ordinal));
        Assert.Equal(0, host.Calls("token"));
        Assert.Equal(before.Where(table => !table.Key.Contains("replay", StringComparison.Ordinal)), host.Host.Rows().Where(table => !table.Key.Contains("replay", StringComparison.Ordinal)));
    }

    [Attack("RED-019")]
    [Fact]
    public async Task A_missing_issuer_is_refused_where_the_provider_says_that_it_sends_one()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Step callback = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "genericoidc", new FrontEnd()), "ada");
        Assert.NotNull(callback["iss"]);
        Assert.Equal(400, (await callback.With("iss", null).TakeAsync(browser)).Status);
        Assert.Equal(0, host.Calls("token"));
    }

    [Attack("RED-027")]
    [Theory]
    [InlineData("code")]
    [InlineData("state")]
    [InlineData("CODE")]
    [InlineData("iss")]
    public async Task A_parameter_that_stands_twice_is_refused(string name)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Step callback = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "google", new FrontEnd()), "ada");
        Page refused = await browser.SendAsync(
            HttpMethod.Get, new Uri($"{callback.Address}&{name}={Uri.EscapeDataString(callback[name.ToLowerInvariant()] ?? "x")}"), headers: ("Accept", "application/json"));
        Assert.Equal(400, refused.Status);
        Assert.Contains("\"invalid_request\"", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, host.Calls("token"));
    }

    [Attack("RED-027")]
    [Fact]
    public async Task Parameters_in_the_address_of_a_form_are_refused()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Step callback = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "apple", new FrontEnd()), "ada");
        Step both = callback with { Address = new Uri($"{callback.Address}?code=C2") };
        Page refused = await browser.SendAsync(both.Method, both.Address, both.From, both.Form, ("Accept", "application/json"));
        Assert.Equal(400, refused.Status);
        Assert.Contains("\"invalid_request\"", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, host.Calls("token"));
    }

    [Attack("RED-046")]
    [Theory]
    [InlineData("access_token")]
    [InlineData("id_token")]
    public async Task A_token_in_place_of_a_code_is_refused_and_not_logged(string name)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Step callback = (await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "facebook", new FrontEnd()), "ada"))
            .With("code", null).With(name, "a-token-that-was-leaked");
        Page refused = await browser.SendAsync(callback.Method, callback.Address, headers: ("Accept", "application/json"));
        Assert.Equal(400, refused.Status);
        Assert.Contains("\"invalid_request\"", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.All, line => line.Text.Contains("a-token-that-was-leaked", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Fakes.Simulator.Calls, static call => call.Endpoint != "authorization");
    }
}
