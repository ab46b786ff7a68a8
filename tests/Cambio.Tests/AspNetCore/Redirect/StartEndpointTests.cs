using System.Net;
using System.Text.Json;
using Cambio.AspNetCore.Redirect;
using Cambio.Tokens;
using Microsoft.Net.Http.Headers;
using SameSite = Microsoft.Net.Http.Headers.SameSiteMode;

namespace Cambio.Tests.AspNetCore.Redirect;

public sealed class StartEndpointTests
{
    private readonly AuditEvents audit = new();

    // RED-013
    [Fact]
    public async Task A_start_sends_the_browser_to_the_provider_with_state_nonce_and_challenge()
    {
        await using DoorHost host = await StartHost.StartAsync(audit: audit);

        HttpResponseMessage answer = await host.GetAsync($"/auth/acme/start?{StartHost.Code}&state=mine&login_hint=ada&prompt=login&ui_locales=fr&scope=calendar");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("https://acme.example/authorize", answer.Headers.Location!.GetLeftPart(UriPartial.Path));
        IReadOnlyDictionary<string, string> sent = answer.Sent();
        RedirectState kept = host.Kept(answer);
        Assert.Equal(("client-1", "code", "https://api.example.com/auth/acme/callback"), (sent["client_id"], sent["response_type"], sent["redirect_uri"]));
        Assert.Equal((kept.State, kept.Nonce, Pkce.Challenge(kept.CodeVerifier!), "S256"), (sent["state"], sent["nonce"], sent["code_challenge"], sent["code_challenge_method"]));
        Assert.Equal(("ada", "login", "fr", "calendar"), (sent["login_hint"], sent["prompt"], sent["ui_locales"], sent["scope"]));
        Assert.Equal((StartHost.ReturnUrl, "mine", StartHost.Challenge, RedirectMode.Code), (kept.ReturnUrl, kept.FrontEndState, kept.CodeChallenge, kept.Mode));
        Assert.Equal(("acme", sent["redirect_uri"], null), (kept.Provider, kept.RedirectUri, kept.LinkUser));
        Assert.Empty(audit.All);
    }

    [Fact]
    public async Task Its_answer_is_not_kept_and_tells_no_referrer_and_no_secret()
    {
        await using DoorHost host = await StartHost.StartAsync();

        HttpResponseMessage answer = await host.GetAsync($"/auth/acme/start?{StartHost.Code}");

        Answer.AssertNotKept(answer);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        string verifier = host.Kept(answer).CodeVerifier!;
        Assert.DoesNotContain(verifier, answer.Headers.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.All, line => line.Text.Contains(verifier, StringComparison.Ordinal) || line.Text.Contains(answer.Sent()["state"], StringComparison.Ordinal));
    }

    // RED-012
    [Fact]
    public async Task A_thousand_starts_have_a_thousand_states_nonces_and_verifiers()
    {
        await using DoorHost host = await StartHost.StartAsync();
        var seen = new HashSet<string>();

        for (int i = 0; i < 1000; i++)
        {
            HttpResponseMessage answer = await host.GetAsync($"/auth/acme/start?{StartHost.Code}");
            RedirectState kept = host.Kept(answer);
            Assert.Matches("^[0-9a-f]{64}$", kept.State);
            Assert.Matches("^[A-Za-z0-9_-]{43}$", kept.Nonce);
            Assert.Matches("^[A-Za-z0-9_-]{43}$", kept.CodeVerifier);
            Assert.All([kept.State, kept.Nonce!, kept.CodeVerifier!], secret => Assert.True(seen.Add(secret)));
        }
    }

    [Fact]
    public async Task A_provider_that_takes_neither_challenge_nor_nonce_is_sent_none()
    {
        await using DoorHost host = await StartHost.StartAsync();

        HttpResponseMessage answer = await host.GetAsync($"/auth/poster/start?{StartHost.Code}");

        Assert.DoesNotContain(answer.Sent().Keys, static name => name is "nonce" or "code_challenge" or "code_challenge_method");
        RedirectState kept = host.Kept(answer, "poster");
        Assert.Equal((null, null), (kept.Nonce, kept.CodeVerifier));
    }

    // RED-030
    [Theory]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Proto", "http")]
    [InlineData("X-Forwarded-Prefix", "/evil")]
    [InlineData("X-Original-Host", "evil.example")]
    [InlineData("Forwarded", "host=evil.example;proto=http")]
    [InlineData("Host", "evil.example")]
    public async Task Nothing_of_a_request_names_our_address(string header, string value)
    {
        await using DoorHost host = await StartHost.StartAsync();

        HttpResponseMessage answer = await host.SendAsync(HttpMethod.Get, $"/auth/acme/start?{StartHost.Code}", headers: (header, value));

        Assert.Equal("https://api.example.com/auth/acme/callback", answer.Sent()["redirect_uri"]);
        Assert.DoesNotContain("evil", answer.Headers.ToString(), StringComparison.Ordinal);
        SetCookieHeaderValue cookie = Assert.Single(answer.Cookies());
        Assert.True(cookie.Secure);
        Assert.StartsWith("__Host-", cookie.Name.Value, StringComparison.Ordinal);
    }

    // RED-032
    [Theory]
    [InlineData("https://api.example.com", "Production", "acme", "__Host-cambio-state-", true, SameSite.Lax)]
    [InlineData("https://api.example.com", "Production", "poster", "__Host-cambio-state-", true, SameSite.None)]
    [InlineData("http://127.0.0.1:5080/", "Development", "acme", "cambio-state-", false, SameSite.Lax)]
    [InlineData("http://127.0.0.1:5080", "Development", "poster", "cambio-state-", false, SameSite.Lax)]
    public async Task The_cookie_is_for_this_transaction_alone(string address, string environment, string provider, string name, bool secure, SameSite sameSite)
    {
        await using DoorHost host = await StartHost.StartAsync(address, environment);

        HttpResponseMessage answer = await host.GetAsync($"/auth/{provider}/start?{StartHost.Code}");

        SetCookieHeaderValue cookie = Assert.Single(answer.Cookies());
        Assert.Equal(name + answer.Sent()["state"][..12], cookie.Name.Value);
        Assert.Equal((secure, true, sameSite, "/", TimeSpan.FromMinutes(10)), (cookie.Secure, cookie.HttpOnly, cookie.SameSite, cookie.Path.Value, cookie.MaxAge));
        Assert.False(cookie.Domain.HasValue);
        Assert.Equal($"{address.TrimEnd('/')}/auth/{provider}/callback", answer.Sent()["redirect_uri"]);
    }

    [Theory]
    [InlineData($"/auth/acme/start?mode=popup&origin=https%3A%2F%2Fapp.example.com&code_challenge={StartHost.Challenge}", "Popup", "https://app.example.com", StartHost.Challenge)]
    [InlineData($"/auth/acme/start?mode=popup&origin=https%3A%2F%2Fapi.example.com&code_challenge={StartHost.Challenge}", "Popup", "https://api.example.com", StartHost.Challenge)]
    [InlineData($"/auth/acme/start?{StartHost.Cookie}", "Cookie", StartHost.ReturnUrl, null)]
    public async Task Popups_and_cookie_sessions_begin_likewise(string path, string mode, string address, string? challenge)
    {
        await using DoorHost host = await StartHost.StartAsync();

        RedirectState kept = host.Kept(await host.GetAsync(path));

        Assert.Equal((mode, address, challenge), (kept.Mode.ToString(), kept.ReturnUrl, kept.CodeChallenge));
    }

    [Theory]
    [InlineData("/auth/nobody/start", HttpStatusCode.NotFound, "unknown_provider", "unknown_provider", null)]
    [InlineData($"/auth/nobody/start?{StartHost.Code}", HttpStatusCode.NotFound, "unknown_provider", "unknown_provider", null)]
    [InlineData($"/auth/ACME/start?{StartHost.Code}", HttpStatusCode.NotFound, "unknown_provider", "unknown_provider", null)]
    [InlineData($"/auth/bare/start?{StartHost.Code}", HttpStatusCode.Forbidden, "credential_not_accepted", "credential_kind_not_accepted", "bare")]
    [InlineData("/auth/acme/start", HttpStatusCode.BadRequest, "invalid_request", "malformed_request", "acme")]
    [InlineData($"/auth/acme/start?return_url=https%3A%2F%2Fevil.example&code_challenge={StartHost.Challenge}", HttpStatusCode.BadRequest, "invalid_request", "return_url_not_listed", "acme")]
    [InlineData($"/auth/acme/start?{StartHost.Code}&redirect_uri=https%3A%2F%2Fevil.example", HttpStatusCode.BadRequest, "invalid_request", "parameter_of_ours", "acme")]
    [InlineData($"/auth/acme/start?{StartHost.Code}&RESPONSE_MODE=fragment", HttpStatusCode.BadRequest, "invalid_request", "parameter_of_ours", "acme")]
    [InlineData($"/auth/acme/start?{StartHost.Code}&state=%FF", HttpStatusCode.BadRequest, "invalid_request", "form_undecodable", "acme")]
    [InlineData($"/auth/acme/start?{StartHost.Code}&state=a&state=b", HttpStatusCode.BadRequest, "invalid_request", "member_repeated", "acme")]
    [InlineData($"/auth/acme/start?{StartHost.Code}&scope=admin", HttpStatusCode.BadRequest, "invalid_request", "scope_not_listed", "acme")]
    [InlineData($"/auth/acme/start?{StartHost.Code}&scope=calendar%20admin", HttpStatusCode.BadRequest, "invalid_request", "scope_not_listed", "acme")]
    [InlineData($"/auth/acme/start?{StartHost.Code}&scope=Calendar", HttpStatusCode.BadRequest, "invalid_request", "scope_not_listed", "acme")]
    [InlineData($"/auth/poster/start?{StartHost.Code}&scope=calendar", HttpStatusCode.BadRequest, "invalid_request", "scope_not_listed", "poster")]
    [InlineData($"/auth/acme/start?{StartHost.Code}&link_ticket=t", HttpStatusCode.BadRequest, "invalid_request", "link_ticket_unreadable", "acme")]
    public async Task A_refused_start_goes_nowhere_and_leaves_one_event(string path, HttpStatusCode status, string error, string reason, string? provider)
    {
        await using DoorHost host = await StartHost.StartAsync(environment: "Development", audit: audit);

        HttpResponseMessage answer = await host.GetAsync(path);

        JsonElement problem = await answer.RefusalAsync(status, error);
        Assert.Equal(reason, problem.GetProperty("reason").GetString());
        Assert.DoesNotContain("evil", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Null(answer.Headers.Location);
        Assert.Empty(answer.Cookies());
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal([$"start {error} {reason}"], audit.Lines);
        Assert.Equal(provider, audit.Last.Provider);
    }

    [Fact]
    public async Task The_refusal_of_a_scope_names_the_setting()
    {
        await using DoorHost host = await StartHost.StartAsync();

        JsonElement problem = await (await host.GetAsync($"/auth/acme/start?{StartHost.Code}&scope=admin")).RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");

        Assert.Contains("Cambio:Providers:acme:ExtraScope", problem.GetProperty("error_description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_whose_address_cannot_be_had_now_is_told_here()
    {
        await using DoorHost host = await StartHost.StartAsync(audit: audit);

        HttpResponseMessage answer = await host.GetAsync($"/auth/down/start?{StartHost.Code}");

        await answer.RefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Empty(answer.Cookies());
        Assert.Equal(("start", "down"), (Assert.Single(audit.All).Action, audit.Last.Provider));
    }

    [Fact]
    public async Task A_browser_is_refused_by_a_page()
    {
        await using DoorHost host = await StartHost.StartAsync();

        HttpResponseMessage answer = await host.SendAsync(HttpMethod.Get, "/auth/acme/start", headers: ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task A_state_that_fits_into_no_cookie_is_refused()
    {
        string url = $"https://app.example.com/{new string('a', 1900)}";
        await using DoorHost host = await StartHost.StartAsync(audit: audit, more: ("Cambio:FrontEnd:ReturnUrls", url));

        HttpResponseMessage answer = await host.GetAsync($"/auth/acme/start?{StartHost.Cookie.Replace(Uri.EscapeDataString(StartHost.ReturnUrl), Uri.EscapeDataString(url), StringComparison.Ordinal)}&state={string.Concat(Enumerable.Repeat("%22", 512))}");

        await answer.RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(["start invalid_request state_too_long"], audit.Lines);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Another_method_is_405(string method)
    {
        await using DoorHost host = await StartHost.StartAsync();

        HttpResponseMessage answer = await host.SendAsync(new HttpMethod(method), $"/auth/acme/start?{StartHost.Code}");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET"], answer.Content.Headers.Allow);
        Assert.Empty(answer.Cookies());
    }

    [Theory]
    [InlineData(StartHost.Code)]
    [InlineData(StartHost.Cookie)]
    public async Task A_start_is_open_where_only_clients_get_tokens(string query)
    {
        await using DoorHost host = await StartHost.StartAsync(
            more: [("Cambio:Tokens:RequireClient", "true"), ("Cambio:Clients:shop:Secret", "0123456789abcdef")]);

        Assert.Equal(HttpStatusCode.Redirect, (await host.GetAsync($"/auth/acme/start?{query}")).StatusCode);
    }

    [Fact]
    public async Task Without_a_list_nothing_is_gone_back_to()
    {
        await using DoorHost host = await StartHost.StartAsync(more: ("Cambio:FrontEnd:ReturnUrls", ""));

        await (await host.GetAsync($"/auth/acme/start?{StartHost.Code}")).RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
    }
}
