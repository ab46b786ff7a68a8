using Cambio.Tests.EndToEnd;
using Cambio.Tests.EndToEnd.Redirect;

namespace Cambio.Tests.Interop;

/// <summary>The redirect flow through the pages of a provider that others wrote.</summary>
public sealed class RedirectFlowTests(OidcProvider op) : IClassFixture<OidcProvider>
{
    [Fact]
    public async Task Signs_a_user_in_through_the_providers_own_pages()
    {
        await using CambioHost host = Start();
        using var browser = new WebBrowser();
        var front = new FrontEnd();
        Uri callback = await CallbackAsync(host, browser, front, "ada");
        Assert.Equal($"{host.Client.BaseAddress}auth/acme/callback", callback.GetLeftPart(UriPartial.Path));
        Assert.Equal(op.Issuer, RedirectHost.Query(callback)["iss"]);

        Dictionary<string, string> landing = RedirectHost.Landing(await browser.SendAsync(HttpMethod.Get, callback, new Uri(op.Issuer)));
        Answer tokens = await host.PostFormAsync(
            "/auth/token", ("grant_type", "authorization_code"), ("code", landing["code"]), ("code_verifier", front.Verifier), ("redirect_uri", FrontEnd.ReturnUrl));
        Assert.True(tokens.Status == 200, tokens.Text);
        Answer me = await host.GetAsync("/auth/me", tokens.AccessToken);
        Assert.Equal("ada of Interop", me.Json.GetProperty("name").GetString());
        Assert.Equal("ada@interop.example", me.Json.GetProperty("email").GetString());
    }

    [Fact]
    public async Task Refuses_an_answer_without_the_issuer_that_the_provider_promises()
    {
        await using CambioHost host = Start();
        using var browser = new WebBrowser();
        Uri callback = await CallbackAsync(host, browser, new FrontEnd(), "ada");
        Page refused = await browser.SendAsync(HttpMethod.Get, Step.Change(callback, "iss", null));
        Assert.Equal(400, refused.Status);
    }

    [Fact]
    public async Task A_code_of_the_provider_is_of_no_use_in_another_flow()
    {
        await using CambioHost host = Start();
        using var browser = new WebBrowser();
        using var attacker = new WebBrowser();
        Uri stolen = await CallbackAsync(host, browser, new FrontEnd(), "ada");
        Uri own = await CallbackAsync(host, attacker, new FrontEnd(), "mallory");
        Page landing = await attacker.SendAsync(HttpMethod.Get, Step.Change(own, "code", RedirectHost.Query(stolen)["code"]));
        Assert.Equal("invalid_grant", RedirectHost.Landing(landing)["error"]);
    }

    [Fact]
    public async Task Says_that_somebody_is_not_signed_in_at_the_provider()
    {
        await using CambioHost host = Start();
        using var browser = new WebBrowser();
        Uri callback = await CallbackAsync(host, browser, new FrontEnd(), "ada", ("prompt", "none"));
        Assert.Equal("login_required", RedirectHost.Query(callback)["error"]);
        Assert.Equal("access_denied", RedirectHost.Landing(await browser.SendAsync(HttpMethod.Get, callback))["error"]);
    }

    private async Task<Uri> CallbackAsync(CambioHost host, WebBrowser browser, FrontEnd front, string login, params (string, string?)[] own)
    {
        Page start = await browser.SendAsync(HttpMethod.Get, new Uri(host.Client.BaseAddress!, $"/auth/acme/start{front.Query(own)}"), FrontEnd.Page);
        Assert.True(start.Status == 302, start.Text);
        return await op.WalkAsync(browser, start.Location!, login);
    }

    private CambioHost Start() => CambioHost.Start(new Dictionary<string, string?>
    {
        ["Cambio:FrontEnd:ReturnUrls"] = FrontEnd.ReturnUrl,
        ["Cambio:Providers:acme:ClientId"] = "cambio",
        ["Cambio:Providers:acme:ClientSecret"] = OidcProvider.Secret("cambio"),
        ["Cambio:Providers:acme:Definition:Issuer"] = op.Issuer,
        ["Cambio:Providers:acme:Definition:Token:Auth"] = "client_secret_basic",
    });
}
