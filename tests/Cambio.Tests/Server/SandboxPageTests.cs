using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cambio.Providers;
using Cambio.Tests.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace Cambio.Tests.Server;

/// <summary>The sandbox's authorization page as a browser meets it.</summary>
public sealed partial class SandboxPageTests : IAsyncLifetime
{
    private readonly HttpClient browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private SandboxHost host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => host = await SandboxHost.StartAsync();

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task The_page_is_nobodys_to_keep_or_to_frame()
    {
        using HttpResponseMessage page = await browser.GetAsync(Address("google"), Cancellation);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.True(page.Headers.CacheControl?.NoStore);
        Assert.Contains("frame-ancestors 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("This is a simulation of Google", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allowing_leads_back_with_a_code_that_the_token_endpoint_takes()
    {
        Provider google = host.Registry.Find("google").Value!;
        var request = new HandmadeRequest(host.Simulator["google"]);
        using HttpResponseMessage answer = await PostAsync(await FormAddressAsync("google"), ("user", "ada"), ("email", ""), ("email_verified", "true"), ("decision", "allow"));
        var parameters = QueryHelpers.ParseQuery(answer.Headers.Location!.Query);
        using HttpResponseMessage tokens = await PostAsync(
            new Uri(host.Address, "/sandbox/oauth2.googleapis.com/token"),
            ("grant_type", "authorization_code"),
            ("code", parameters["code"]!),
            ("redirect_uri", request.RedirectUri),
            ("code_verifier", request.Verifier!),
            ("client_id", google.ClientId),
            ("client_secret", google.ClientSecret!));
        JsonObject claims = Ask.Claims((string)(await tokens.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["id_token"]!);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(request.RedirectUri, answer.Headers.Location.OriginalString, StringComparison.Ordinal);
        Assert.Equal(request.State, parameters["state"]);
        Assert.Equal(("ada@google.example", request.Nonce), ((string?)claims["email"], (string?)claims["nonce"]));
    }

    [Fact]
    public async Task Denying_leads_back_with_an_error()
    {
        using HttpResponseMessage answer = await PostAsync(await FormAddressAsync("github"), ("user", ""), ("decision", "deny"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("access_denied", QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["error"]);
    }

    [Fact]
    public async Task Who_wants_the_answer_posted_gets_a_form_that_posts_itself()
    {
        using HttpResponseMessage answer = await PostAsync(await FormAddressAsync("apple"), ("user", "ada"), ("decision", "allow"));
        string text = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"action=\"{new HandmadeRequest(host.Simulator["apple"]).RedirectUri}\"", text, StringComparison.Ordinal);
        Assert.Contains("name=\"user\" value=\"{&quot;name&quot;", text, StringComparison.Ordinal);
        Assert.Contains("document.forms[0].submit()", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_of_a_provider_hold_for_who_comes_by_redirect_first()
    {
        await using SandboxHost own = await SandboxHost.StartAsync(settings: [("Cambio:Providers:gitlab:BaseUrl", "https://git.corp.example")]);
        Assert.NotEmpty(own.Registry.All);
        string address = new HandmadeRequest(own.Simulator["gitlab"]).Url.Replace("https://gitlab.com", new Uri(own.Address, "/sandbox/git.corp.example").AbsoluteUri, StringComparison.Ordinal);
        using HttpResponseMessage page = await browser.GetAsync(address, Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("Host", "rebound.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_form_on_anybody_elses_page_decides_nothing(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, await FormAddressAsync("google"))
        {
            Content = new FormUrlEncodedContent([new("user", "ada"), new("decision", "allow")]),
        };
        request.Headers.Add(header, value);
        using HttpResponseMessage answer = await browser.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.Forbidden, null), (answer.StatusCode, answer.Headers.Location));
    }

    [Fact]
    public async Task A_browser_is_told_of_it() =>
        Assert.Contains("/start", await host.Http.GetStringAsync("/sandbox", Cancellation), StringComparison.Ordinal);

    private string Address(string provider) =>
        new HandmadeRequest(host.Simulator[provider]).Url.Replace("https://", new Uri(host.Address, "/sandbox/").AbsoluteUri, StringComparison.Ordinal);

    private async Task<Uri> FormAddressAsync(string provider)
    {
        string text = await browser.GetStringAsync(Address(provider), Cancellation);
        return new Uri(new Uri(Address(provider)), WebUtility.HtmlDecode(Action().Match(text).Groups[1].Value));
    }

    private Task<HttpResponseMessage> PostAsync(Uri address, params (string Name, string Value)[] form) =>
        browser.PostAsync(address, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))), Cancellation);

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\">")]
    private static partial Regex Action();
}
