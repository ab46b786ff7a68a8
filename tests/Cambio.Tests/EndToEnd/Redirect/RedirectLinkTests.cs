using System.Net.Http.Headers;
using System.Text.Json;
using Cambio.Testing;

namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>Linking by redirect: begun with a ticket, finished by whoever began it.</summary>
public sealed class RedirectLinkTests
{
    [Fact]
    public async Task Links_an_identity_to_the_user_who_began_and_finishes_it()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Answer ada = await host.Faked.ExchangeAsync("google", "code", new MintOptions { User = "ada" });
        var front = new FrontEnd();
        Dictionary<string, string> landing = RedirectHost.Landing(await host.WalkAsync(browser, "github", "ada", front, ("link_ticket", await TicketAsync(host, ada))));
        Assert.Equal(["code", "state"], landing.Keys.Order());
        Assert.Equal(["google"], await LoginsAsync(host, ada));

        Answer linked = await LinkAsync(host, ada, "github", landing["code"], front.Verifier);
        Assert.True(linked.Status == 200, linked.Text);
        Assert.Equal(["github", "google"], await LoginsAsync(host, ada));
        Assert.Equal("github", linked.Json.GetProperty("login").GetProperty("provider").GetString());
        Assert.Equal((400, "invalid_grant"), await LinkAsync(host, ada, "github", landing["code"], front.Verifier) is var again ? (again.Status, again.Error) : default);
    }

    [Fact]
    public async Task A_victim_led_into_somebody_elses_link_is_linked_to_nobody()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var victim = new WebBrowser();
        Answer mallory = await host.Faked.ExchangeAsync("google", "code", new MintOptions { User = "mallory" });
        var attack = new FrontEnd();
        Dictionary<string, string> landing = RedirectHost.Landing(
            await host.WalkAsync(victim, "github", "victim", attack, ("link_ticket", await TicketAsync(host, mallory))));
        Assert.Equal(["google"], await LoginsAsync(host, mallory));

        // The victim's own front end knows nothing of it, and has another verifier and another user.
        Answer other = await host.Faked.ExchangeAsync("google", "code", new MintOptions { User = "other" });
        Answer refused = await LinkAsync(host, other, "github", landing["code"], new FrontEnd().Verifier);
        Assert.Equal((400, "invalid_grant"), (refused.Status, refused.Error));
        Assert.Equal(["google"], await LoginsAsync(host, other));
        Assert.Equal((400, "invalid_grant"), await LinkAsync(host, mallory, "github", landing["code"], attack.Verifier) is var late ? (late.Status, late.Error) : default);
    }

    [Fact]
    public async Task Another_user_cannot_finish_a_link_even_with_the_verifier()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Answer ada = await host.Faked.ExchangeAsync("google", "code", new MintOptions { User = "ada" });
        Answer grace = await host.Faked.ExchangeAsync("google", "code", new MintOptions { User = "grace" });
        var front = new FrontEnd();
        Dictionary<string, string> landing = RedirectHost.Landing(await host.WalkAsync(browser, "github", "ada", front, ("link_ticket", await TicketAsync(host, ada))));
        Answer refused = await LinkAsync(host, grace, "github", landing["code"], front.Verifier);
        Assert.Equal((400, "invalid_grant"), (refused.Status, refused.Error));
        Assert.Equal(["google", "google"], [.. await LoginsAsync(host, ada), .. await LoginsAsync(host, grace)]);
        Answer token = await host.RedeemAsync(landing["code"], front);
        Assert.Equal((400, "invalid_grant"), (token.Status, token.Error));
    }

    [Fact]
    public async Task A_code_of_a_link_signs_nobody_in()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        Answer ada = await host.Faked.ExchangeAsync("google", "code", new MintOptions { User = "ada" });
        var front = new FrontEnd();
        Dictionary<string, string> landing = RedirectHost.Landing(await host.WalkAsync(browser, "github", "ada", front, ("link_ticket", await TicketAsync(host, ada))));
        Answer token = await host.RedeemAsync(landing["code"], front);
        Assert.Equal((400, "invalid_grant", "code_of_a_link"), (token.Status, token.Error, token.Reason));
    }

    [Fact]
    public async Task Tickets_are_for_one_start_of_one_provider_and_for_a_minute()
    {
        await using RedirectHost host = await RedirectHost.StartAsync(clock: true);
        using var browser = new WebBrowser();
        Answer ada = await host.Faked.ExchangeAsync("google", "code", new MintOptions { User = "ada" });
        string ticket = await TicketAsync(host, ada);
        string[] refused =
        [
            host.StartOf("facebook", new FrontEnd().Query(("link_ticket", ticket))).PathAndQuery,
            host.StartOf("github", new FrontEnd().Query(("link_ticket", ticket + "x"))).PathAndQuery,
            host.StartOf("github", new FrontEnd().Query(("link_ticket", ticket), ("return_url", "https://evil.example"))).PathAndQuery,
        ];
        foreach (string start in refused)
        {
            Answer answer = await host.Host.GetAsync(start);
            Assert.Equal((400, "invalid_request"), (answer.Status, answer.Error));
        }

        await host.BeginAsync(browser, "github", new FrontEnd(), ("link_ticket", ticket));
        Assert.Equal(400, (await host.Host.GetAsync(host.StartOf("github", new FrontEnd().Query(("link_ticket", ticket))).PathAndQuery)).Status);

        string late = await TicketAsync(host, ada);
        host.Clock!.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(400, (await host.Host.GetAsync(host.StartOf("github", new FrontEnd().Query(("link_ticket", late))).PathAndQuery)).Status);
    }

    [Fact]
    public async Task In_cookie_mode_the_cookie_is_what_ties_the_link_to_the_browser()
    {
        await using RedirectHost host = await RedirectHost.StartAsync();
        using var browser = new WebBrowser();
        await host.WalkAsync(browser, "google", "ada", new FrontEnd(), ("mode", "cookie"));
        string ticket = await TicketByCookieAsync(host, browser);
        Page landing = await host.WalkAsync(browser, "github", "ada", new FrontEnd(), ("mode", "cookie"), ("link_ticket", ticket));
        Assert.Equal(302, landing.Status);
        Assert.DoesNotContain("error", landing.Header("Location"), StringComparison.Ordinal);
        Page logins = await browser.SendAsync(HttpMethod.Get, new Uri(host.Address, "/auth/me/logins"));
        Assert.Contains("github", logins.Text, StringComparison.Ordinal);

        string stolen = await TicketByCookieAsync(host, browser);
        using var victim = new WebBrowser();
        await host.WalkAsync(victim, "google", "victim", new FrontEnd(), ("mode", "cookie"));
        Page start = await victim.SendAsync(HttpMethod.Get, host.StartOf("facebook", new FrontEnd().Query(("mode", "cookie"), ("link_ticket", stolen))));
        Assert.Equal(400, start.Status);
    }

    private static async Task<string> TicketByCookieAsync(RedirectHost host, WebBrowser browser)
    {
        JsonElement token = JsonSerializer.Deserialize<JsonElement>((await browser.SendAsync(HttpMethod.Get, new Uri(host.Address, "/auth/antiforgery"))).Text);
        string provider = (await browser.SendAsync(HttpMethod.Get, new Uri(host.Address, "/auth/me/logins"))).Text.Contains("github", StringComparison.Ordinal) ? "facebook" : "github";
        Page page = await browser.SendAsync(
            HttpMethod.Post, new Uri(host.Address, $"/auth/{provider}/link-ticket"), headers: (token.GetProperty("header").GetString()!, token.GetProperty("token").GetString()!));
        Assert.True(page.Status == 200, page.Text);
        return JsonSerializer.Deserialize<JsonElement>(page.Text).GetProperty("ticket").GetString()!;
    }

    internal static async Task<string> TicketAsync(RedirectHost host, Answer user, string provider = "github")
    {
        Answer answer = await PostAsync(host, user, $"/auth/{provider}/link-ticket");
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(60, answer.Json.GetProperty("expires_in").GetInt32());
        return answer.Json.GetProperty("ticket").GetString()!;
    }

    private static Task<Answer> LinkAsync(RedirectHost host, Answer user, string provider, string code, string verifier) =>
        PostAsync(host, user, $"/auth/{provider}/link", ("link_code", code), ("code_verifier", verifier));

    private static async Task<Answer> PostAsync(RedirectHost host, Answer user, string path, params (string Name, string Value)[] members)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = members.Length == 0 ? null : new FormUrlEncodedContent(members.Select(m => KeyValuePair.Create(m.Name, m.Value))),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", user.AccessToken);
        return await Answer.ReadAsync(await host.Host.Client.SendAsync(request));
    }

    private static async Task<string[]> LoginsAsync(RedirectHost host, Answer user)
    {
        Answer logins = await host.Host.GetAsync("/auth/me/logins", user.AccessToken);
        return [.. logins.Json.GetProperty("logins").EnumerateArray().Select(static login => login.GetProperty("provider").GetString()!).Order()];
    }
}
