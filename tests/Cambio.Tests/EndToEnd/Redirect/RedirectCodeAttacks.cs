using Cambio.Testing;

namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>Attacks on codes, theirs and ours, and on where the browser is sent.</summary>
public sealed class RedirectCodeAttacks
{
    [Attack("RED-012")]
    [Attack("RED-013")]
    [Attack("RED-032")]
    [Fact]
    public async Task Every_start_has_secrets_of_its_own_that_stand_nowhere_in_clear()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < 1000; i++)
        {
            browser.SetCookies.Clear();
            browser.ClearCookies(host.Address);
            Page start = await browser.SendAsync(HttpMethod.Get, host.StartOf("google", new FrontEnd().Query()));
            Dictionary<string, string> sent = RedirectHost.Query(start.Location!);
            Assert.True(seen.Add(sent["state"]) && seen.Add(sent["nonce"]) && seen.Add(sent["code_challenge"]));
            Assert.Equal(("S256", 43), (sent["code_challenge_method"], sent["code_challenge"].Length));
            Assert.True(sent["state"].Length >= 43 && sent["nonce"].Length >= 22);
            Assert.DoesNotContain("code_verifier", sent.Keys);
            string cookie = Assert.Single(browser.SetCookies);
            Assert.DoesNotContain(sent["nonce"], cookie, StringComparison.Ordinal);
            Assert.True(cookie.Length < 4096);
        }
    }

    [Attack("RED-015")]
    [Fact]
    public async Task A_code_whose_challenge_was_stripped_is_of_no_use()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Step callback = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "google", new FrontEnd()), "ada");
        MintedCredentials stripped = host.Fakes["google"].Mint(new MintOptions { User = "ada", Pkce = false, RedirectUri = CallbackOf(host, "google") });
        await AssertRefusedAsync(host, browser, callback.With("code", stripped.Code));
    }

    [Attack("RED-016")]
    [Fact]
    public async Task A_stolen_code_in_a_flow_of_the_attackers_own_is_of_no_use()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var attacker = new WebBrowser();
        using var victim = new WebBrowser();
        Step stolen = await RedirectHost.AllowAsync(victim, await host.BeginAsync(victim, "github", new FrontEnd()), "victim");
        Step own = await RedirectHost.AllowAsync(attacker, await host.BeginAsync(attacker, "github", new FrontEnd()), "attacker");
        await AssertRefusedAsync(host, attacker, own.With("code", stolen["code"]));
    }

    [Attack("RED-022")]
    [Fact]
    public async Task A_discovery_document_of_another_issuer_sends_nobody_anywhere()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        host.Fakes["genericoidc"].Break("discovery", Fault.Body(
            """{"issuer":"https://as2.example","authorization_endpoint":"https://as2.example/authorize","token_endpoint":"https://as2.example/token","jwks_uri":"https://as2.example/jwks"}"""));
        Answer answer = await host.Host.GetAsync(host.StartOf("genericoidc", new FrontEnd().Query()).PathAndQuery);
        Assert.Equal((502, "provider_error", "metadata_issuer_mismatch"), (answer.Status, answer.Error, answer.Reason));
        Assert.Null(answer.Headers.Location);
        Assert.Equal(0, host.Calls("token"));
    }

    [Attack("RED-023")]
    [Attack("RED-024")]
    [Theory]
    [InlineData("google", "access_denied", "access_denied")]
    [InlineData("apple", "user_cancelled_authorize", "access_denied")]
    [InlineData("google", "temporarily_unavailable", "temporarily_unavailable")]
    [InlineData("google", "server_error", "provider_error")]
    [InlineData("google", "<script>alert(1)</script>", "provider_error")]
    public async Task Errors_of_the_provider_come_back_in_our_words(string provider, string error, string ours)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        var front = new FrontEnd();
        Step callback = (await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, provider, front), "ada"))
            .With("code", null).With("error", error).With("error_description", "\"><img src=x onerror=alert(1)>").With("error_uri", "javascript:alert(1)");
        host.Audit.Clear();
        Page page = await callback.TakeAsync(browser);
        Dictionary<string, string> landing = RedirectHost.Landing(page);
        Assert.Equal(["error", "error_description", "state"], landing.Keys.Order());
        Assert.Equal((ours, front.State), (landing["error"], landing["state"]));
        Assert.DoesNotContain("alert", page.Header("Location") + page.Text, StringComparison.Ordinal);
        Assert.Equal(ours, Assert.Single(host.Audit.All).Outcome);
        Assert.Equal(400, (await callback.TakeAsync(browser)).Status);
        Assert.DoesNotContain(host.Logs.All, line => line.Text.Contains("alert(1)", StringComparison.Ordinal));
    }

    [Attack("RED-023")]
    [Fact]
    public async Task Who_cancels_at_the_provider_comes_back_with_access_denied()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        foreach (string provider in (string[])["google", "apple", "github"])
        {
            Step callback = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, provider, new FrontEnd()), "ada", decision: "deny");
            Assert.Equal("access_denied", RedirectHost.Landing(await callback.TakeAsync(browser))["error"]);
        }
    }

    [Attack("RED-029")]
    [Fact]
    public async Task The_return_url_is_checked_at_the_end_too()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        await using CambioHost changed = host.Second("google", host.Host.ConnectionString, ("Cambio:FrontEnd:ReturnUrls", "https://other.example/done"));
        Step callback = await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "google", new FrontEnd()), "ada");
        Page refused = await (callback with { Address = new Uri(changed.Client.BaseAddress!, callback.Address.PathAndQuery) }).TakeAsync(browser);
        Assert.Equal(400, refused.Status);
        Assert.Null(refused.Location);
        Assert.Equal(0, host.Calls("token"));
    }

    [Attack("RED-030")]
    [Fact]
    public async Task No_header_decides_what_the_provider_is_told()
    {
        await using RedirectHost host = await RedirectHost.StartAsync([new("Cambio:PublicUrl", "https://api.example.com")]);
        using var browser = new WebBrowser();
        Page start = await browser.SendAsync(
            HttpMethod.Get, host.StartOf("google", new FrontEnd().Query()),
            headers: [("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"), ("Forwarded", "host=evil.example"), ("Host", "evil.example")]);
        Assert.Equal("https://api.example.com/auth/google/callback", RedirectHost.Query(start.Location!)["redirect_uri"]);
        Assert.DoesNotContain("evil", start.Header("Location") + string.Join(' ', browser.SetCookies), StringComparison.Ordinal);
    }

    [Attack("RED-037")]
    [Attack("RED-040")]
    [Theory]
    [InlineData("google")]
    [InlineData("apple")]
    [InlineData("facebook")]
    public async Task No_token_ever_stands_in_an_address(string provider)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Page landing = await host.WalkAsync(browser, provider, "ada", new FrontEnd());
        Assert.Equal(["code", "state"], RedirectHost.Landing(landing).Keys.Order());
        Assert.Equal("", landing.Location!.Fragment);
        Assert.Equal(("no-store", "no-referrer"), (landing.Header("Cache-Control"), landing.Header("Referrer-Policy")));
    }

    [Attack("RED-038")]
    [Fact]
    public async Task Our_code_is_good_once_and_a_second_use_ends_the_session_of_the_first()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        var front = new FrontEnd();
        string code = RedirectHost.Landing(await host.WalkAsync(browser, "google", "ada", front))["code"];
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.RedeemAsync(code, front)));
        Answer first = Assert.Single(answers, static answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer != first), static answer => Assert.Equal((400, "invalid_grant"), (answer.Status, answer.Error)));
        Assert.Equal(401, (await host.Host.GetAsync("/auth/me", first.AccessToken)).Status);
    }

    [Attack("RED-038")]
    [Theory]
    [InlineData("another verifier")]
    [InlineData("another return URL")]
    [InlineData("a minute later")]
    public async Task Our_code_is_dead_after_a_wrong_use(string how)
    {
        await using RedirectHost host = await RedirectHost.StartAsync(clock: how == "a minute later");
        using var browser = new WebBrowser();
        var front = new FrontEnd();
        string code = RedirectHost.Landing(await host.WalkAsync(browser, "github", "ada", front))["code"];
        host.Clock?.Advance(TimeSpan.FromSeconds(61));
        Answer wrong = how switch
        {
            "another verifier" => await host.RedeemAsync(code, front, verifier: new FrontEnd().Verifier),
            "another return URL" => await host.RedeemAsync(code, front, "https://app.example.com/other"),
            _ => await host.RedeemAsync(code, front),
        };
        Assert.Equal((400, "invalid_grant"), (wrong.Status, wrong.Error));
        Assert.Equal((400, "invalid_grant"), await host.RedeemAsync(code, front) is var again ? (again.Status, again.Error) : default);
    }

    [Attack("RED-041")]
    [Theory]
    [InlineData("/auth/google/callback?code=C&state=S")]
    [InlineData("/auth/google/start")]
    [InlineData("/auth/nobody/start")]
    [InlineData("/auth/nobody/callback")]
    public async Task No_page_of_ours_stands_in_a_frame_or_shows_what_a_caller_wrote(string path)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Page page = await browser.SendAsync(HttpMethod.Get, new Uri(host.Address, path + (path.Contains('?') ? "&" : "?") + "x=%3Cscript%3Ealert(1)%3C/script%3E"));
        Assert.True(page.Status is 400 or 404);
        Assert.Equal("text/html", page.MediaType);
        Assert.Contains("frame-ancestors 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("alert", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
    }

    [Attack("RED-042")]
    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("https://app.example.com/")]
    [InlineData("https://app.example.com.evil.example")]
    [InlineData("https://APP.example.com")]
    public async Task A_popup_of_an_unlisted_origin_is_refused(string origin)
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        Answer answer = await host.Host.GetAsync(host.StartOf("google", new FrontEnd().Query(("mode", "popup"), ("return_url", null), ("origin", origin))).PathAndQuery);
        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Error));
        Assert.Null(answer.Headers.Location);
    }

    [Attack("RED-043")]
    [Attack("RED-044")]
    [Theory]
    [InlineData("https://evil.example/cb", true, "redirect_uri_not_listed")]
    [InlineData("postmessage", true, "redirect_uri_not_listed")]
    [InlineData(null, true, "redirect_uri_not_listed")]
    [InlineData("https://app.example.com/callback", false, "code_verifier_missing")]
    public async Task A_code_handed_to_us_must_have_what_the_settings_ask_for(string? redirectUri, bool hasVerifier, string reason)
    {
        await using RedirectHost host = await RedirectHost.StartAsync(
            [new("Cambio:Providers:google:RedirectUris", "https://app.example.com/callback"), new("Cambio:Providers:google:RequirePkce", "true")]);
        MintedCredentials minted = host.Fakes["google"].Mint("ada");
        Answer answer = await host.Host.ExchangeAsync(
            "google", ("code", minted.Code), ("redirect_uri", redirectUri), ("code_verifier", hasVerifier ? minted.CodeVerifier : null), ("nonce", minted.Nonce));
        Assert.Equal((400, "invalid_request", reason), (answer.Status, answer.Error, answer.Reason));
        Assert.Empty(host.Fakes.Simulator.Calls);

        Assert.Equal(200, (await host.Faked.ExchangeAsync("google", "code", new MintOptions { User = "ada" })).Status);
        using var browser = new WebBrowser();
        Assert.Equal(200, (await host.SignInAsync(browser, "google", "ada")).Status);
    }

    private static string CallbackOf(RedirectHost host, string provider) => $"{host.Address.AbsoluteUri.TrimEnd('/')}/auth/{provider}/callback";

    private static async Task AssertRefusedAsync(RedirectHost host, WebBrowser browser, Step callback)
    {
        Dictionary<string, string> landing = RedirectHost.Landing(await callback.TakeAsync(browser));
        Assert.Equal(["error", "error_description", "state"], landing.Keys.Order());
        Assert.Equal("invalid_grant", landing["error"]);
        Assert.Equal(0, host.Host.Rows().Single(table => table.Key.EndsWith("users", StringComparison.Ordinal)).Value);
    }
}
