using System.Net;
using System.Text.RegularExpressions;
using Cambio.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace Cambio.Tests.Testing;

/// <summary>The page of the authorization endpoint, and what comes of its form.</summary>
public sealed partial class ConsentPageOfAFake
{
    private readonly ProviderSimulator simulator = Ask.Catalogue();

    private FakeProvider Google => simulator["google"];

    [Fact]
    public async Task The_page_says_that_it_is_none_of_the_providers()
    {
        Page page = await simulator.Open(new HandmadeRequest(Google).Url);

        Assert.Equal(200, page.Status);
        Assert.Contains("This is a simulation of Google", page.Text, StringComparison.Ordinal);
        Assert.Contains("https://api.example.com/auth/x/callback", page.Text, StringComparison.Ordinal);
        Assert.Equal(new SimulatedCall("google", "authorization", "GET", "accounts.google.com", "/o/oauth2/v2/auth", 200), Assert.Single(simulator.Calls));
    }

    [Fact]
    public async Task The_page_loads_nothing_and_runs_nothing()
    {
        Page page = await simulator.Open(new HandmadeRequest(Google).Url);

        Assert.StartsWith("default-src 'none'; style-src 'sha256-", page.Policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page.Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script", page.Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)(src|href)=", page.Text);
    }

    [Theory]
    [InlineData("login_hint")]
    [InlineData("ui_locales")]
    [InlineData("state")]
    [InlineData("\"><script>alert(1)</script>")]
    public async Task What_the_request_says_stays_text(string parameter)
    {
        const string Attack = "\"'><script>alert(1)</script>";
        Page page = await simulator.Open(new HandmadeRequest(Google).With(Uri.EscapeDataString(parameter), Attack).Url);

        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"'>", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hint_is_the_user_who_is_proposed() =>
        Assert.Contains("name=\"user\" value=\"grace\"", (await simulator.Open(new HandmadeRequest(Google).With("login_hint", "grace").Url)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task The_form_comes_back_to_the_page_with_the_whole_request()
    {
        var request = new HandmadeRequest(Google);
        string action = WebUtility.HtmlDecode(Action().Match((await simulator.Open(request.Url)).Text).Groups[1].Value);
        var resolved = new Uri(new Uri("http://127.0.0.1:5080/sandbox/accounts.google.com/o/oauth2/v2/auth?x=y"), action);

        Assert.StartsWith("?", action, StringComparison.Ordinal);
        Assert.Equal("/sandbox/accounts.google.com/o/oauth2/v2/auth", resolved.AbsolutePath);
        Assert.Equal(request.Parameters.Where(p => p.Value is not null).Select(p => (p.Key, p.Value)), QueryHelpers.ParseQuery(action).Select(p => (p.Key, (string?)p.Value)));
    }

    [Fact]
    public async Task Allowing_sends_the_browser_back_with_a_code_of_that_person()
    {
        var request = new HandmadeRequest(Google);
        Page page = await simulator.Open(request.Url, "user=Ada+Lovelace&email=ada%40lovelace.example&email_verified=false&decision=allow");
        var parameters = QueryHelpers.ParseQuery(new Uri(page.Location!).Query);
        var callback = new AuthorizationCallback { Address = page.Location!, Parameters = parameters.ToDictionary(p => p.Key, p => p.Value.ToString()) };
        Reply reply = await simulator.Post("https://oauth2.googleapis.com/token", request.Credentials(callback).Redemption(Google));
        var claims = Ask.Claims(reply["id_token"]!);

        Assert.Equal(302, page.Status);
        Assert.StartsWith(request.RedirectUri, page.Location, StringComparison.Ordinal);
        Assert.Equal(request.State, parameters["state"]);
        Assert.Equal(
            ("Ada Lovelace", "ada@lovelace.example", false, request.Nonce),
            ((string?)claims["name"], (string?)claims["email"], (bool)claims["email_verified"]!, (string?)claims["nonce"]));
    }

    [Theory]
    [InlineData("decision=deny")]
    [InlineData("user=&email=&email_verified=true&decision=deny")]
    public async Task Denying_sends_the_browser_back_with_that(string form)
    {
        var request = new HandmadeRequest(Google);
        Page page = await simulator.Open(request.Url, form);
        var parameters = QueryHelpers.ParseQuery(new Uri(page.Location!).Query);

        Assert.Equal(("access_denied", request.State), ((string?)parameters["error"], (string?)parameters["state"]));
        Assert.False(parameters.ContainsKey("code"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("user=ada")]
    [InlineData("user=ada&decision=perhaps")]
    [InlineData("decision=allow")]
    [InlineData("user=+&decision=allow")]
    [InlineData("user=a%00b&decision=allow")]
    [InlineData("user=ada&email=nowhere&decision=allow")]
    [InlineData("user=ada&email_verified=perhaps&decision=allow")]
    public async Task A_form_with_a_mistake_is_shown_again(string form)
    {
        Page page = await simulator.Open(new HandmadeRequest(Google).Url, form);

        Assert.Equal((400, null), (page.Status, page.Location));
        Assert.Contains("role=\"alert\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"decision\"", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_says_a_thing_twice_is_a_mistake_of_the_request() =>
        Assert.Contains("error=invalid_request", (await simulator.Open(new HandmadeRequest(Google).Url, "user=ada&user=bob&decision=allow")).Location, StringComparison.Ordinal);

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:9")]
    [InlineData("Host", "rebound.example")]
    [InlineData("Host", "127.0.0.1.example")]
    public async Task A_form_on_anybody_elses_page_decides_nothing(string header, string value)
    {
        (string, string)[] headers = header == "Host" ? [(header, value)] : [("Host", "127.0.0.1:5080"), (header, value)];
        Page page = await simulator.Open(new HandmadeRequest(Google).Url, "user=ada&decision=allow", headers);

        Assert.Equal((403, null), (page.Status, page.Location));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Origin", "http://127.0.0.1:5080")]
    [InlineData("Accept", "*/*")]
    public async Task A_form_on_the_page_itself_decides(string header, string value) => Assert.Equal(
        302, (await simulator.Open(new HandmadeRequest(Google).Url, "user=ada&decision=allow", ("Host", "127.0.0.1:5080"), (header, value))).Status);

    [Fact]
    public async Task A_form_goes_on_by_itself_to_who_wants_the_answer_posted()
    {
        var request = new HandmadeRequest(simulator["apple"]);
        Page page = await simulator.Open(request.Url, "user=ada&decision=allow");
        string[] fields = [.. Field().Matches(page.Text).Select(match => match.Groups[1].Value)];

        Assert.Equal(200, page.Status);
        Assert.Equal(request.RedirectUri, WebUtility.HtmlDecode(Action().Match(page.Text).Groups[1].Value));
        Assert.Equal(["code", "state", "iss", "user"], fields);
        Assert.Contains("<button", page.Text, StringComparison.Ordinal);
        Assert.Matches("script-src 'sha256-[A-Za-z0-9+/]{43}='$", page.Policy);
    }

    [Fact]
    public async Task The_page_can_fail_like_any_endpoint()
    {
        Google.Break("authorization", Fault.Status(503));
        Assert.Equal(503, (await simulator.Open(new HandmadeRequest(Google).Url)).Status);
        Google.Mend();
        Assert.Equal(200, (await simulator.Open(new HandmadeRequest(Google).Url)).Status);
    }

    [Fact]
    public async Task A_token_endpoint_at_the_same_address_stays_one()
    {
        FakeProvider egnyte = simulator["egnyte"];
        var request = new HandmadeRequest(egnyte);
        Page page = await simulator.Open(request.Url, "user=ada&decision=allow");
        string code = QueryHelpers.ParseQuery(new Uri(page.Location!).Query)["code"]!;
        var callback = new AuthorizationCallback { Address = page.Location!, Parameters = new Dictionary<string, string> { ["code"] = code } };

        Assert.Equal(200, (await simulator.Post(request.Url.Split('?')[0], request.Credentials(callback).Redemption(egnyte))).Status);
        Assert.Equal(["authorization", "token"], simulator.Calls.Select(call => call.Endpoint));
    }

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\">")]
    private static partial Regex Action();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\"")]
    private static partial Regex Field();
}
