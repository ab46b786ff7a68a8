using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cambio.AspNetCore.Redirect;
using Cambio.Tests.Interop;
using Cambio.Tests.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cambio.Tests.AspNetCore.Redirect;

/// <summary>Where a redirect ends, apart from how it came there.</summary>
public sealed partial class LandingTests
{
    private const string Evil = "\"><script>alert(1)</script>&x=\r\nSet-Cookie: a=b#é";

    [Theory]
    [InlineData("https://app.example.com/return", "s", "https://app.example.com/return?code=C&state=s")]
    [InlineData("https://app.example.com/return", null, "https://app.example.com/return?code=C")]
    [InlineData("https://app.example.com/return", "", "https://app.example.com/return?code=C&state=")]
    [InlineData("https://app.example.com", "s", "https://app.example.com?code=C&state=s")]
    [InlineData("https://app.example.com/?page=1", "s", "https://app.example.com/?page=1&code=C&state=s")]
    [InlineData("com.example.app:/return", "s", "com.example.app:/return?code=C&state=s")]
    [InlineData("com.example.app:/return?x=%2F", "s", "com.example.app:/return?x=%2F&code=C&state=s")]
    [InlineData("http://127.0.0.1:51004/cb", "s", "http://127.0.0.1:51004/cb?code=C&state=s")]
    [InlineData("https://app.example.com/return", "a b&code=D#é", "https://app.example.com/return?code=C&state=a%20b%26code%3DD%23%C3%A9")]
    [InlineData("https://app.example.com/return", "\r\nSet-Cookie: a=b", "https://app.example.com/return?code=C&state=%0D%0ASet-Cookie%3A%20a%3Db")]
    public async Task A_code_goes_back_with_the_state_and_nothing_else(string url, string? state, string location)
    {
        HttpResponseMessage answer = await LandAsync(Landing.Arrive(State(url) with { FrontEndState = state }, "C"));

        AssertRedirect(answer, location);
    }

    [Theory]
    [InlineData(null, "https://app.example.com/return")]
    [InlineData("s", "https://app.example.com/return?state=s")]
    public async Task Where_a_cookie_takes_the_place_of_the_code_only_a_state_is_added(string? state, string location)
    {
        HttpResponseMessage answer = await LandAsync(
            Landing.Arrive(State("https://app.example.com/return") with { Mode = RedirectMode.Cookie, FrontEndState = state }, null));

        AssertRedirect(answer, location);
    }

    // RED-023, RED-024.
    [Fact]
    public async Task An_error_goes_back_in_our_words_without_the_private_reason()
    {
        ExchangeError error = ExchangeError.DeniedAtProvider("private_reason") with { Hint = "private hint", Ticket = "private ticket" };

        HttpResponseMessage answer = await LandAsync(Landing.Fail(State("https://app.example.com/return") with { FrontEndState = "s" }, error));

        AssertRedirect(
            answer,
            "https://app.example.com/return?error=access_denied&error_description=The%20sign-in%20was%20cancelled%20or%20refused%20at%20the%20provider.&state=s");
    }

    // RED-042.
    [Fact]
    public async Task A_popup_gets_a_page_that_holds_the_answer_as_text_and_runs_our_script_alone()
    {
        HttpResponseMessage answer = await LandAsync(Landing.Arrive(Popup with { FrontEndState = Evil }, "C"));

        string page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith($"default-src 'none'; script-src {TokenRoom.Issuer}/auth/popup.js; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.EndsWith("; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(["script", "/script"], Script().Matches(page).Select(static tag => tag.Groups[1].Value));
        Assert.Contains($"<script src=\"{TokenRoom.Issuer}/auth/popup.js\" defer></script>", page, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Cross-Origin-Opener-Policy"));
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Answer.AssertNotKept(answer);
        Assert.Equal("https://app.example.com", Attribute(page, "data-origin"));
        JsonElement message = JsonSerializer.Deserialize<JsonElement>(Attribute(page, "data-message"));
        Assert.Equal(Evil, message.GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_script_posts_the_code_to_the_stored_origin_and_closes_the_popup()
    {
        JsonElement run = await RunAsync(Landing.Arrive(Popup with { FrontEndState = Evil }, "C"), hasOpener: true);

        JsonElement posted = Assert.Single(run.GetProperty("posted").EnumerateArray());
        Assert.Equal("https://app.example.com", posted.GetProperty("origin").GetString());
        AssertMembers(posted.GetProperty("message"), ("code", "C"), ("state", Evil), ("type", "cambio"));
        Assert.True(run.GetProperty("closed").GetBoolean());
    }

    [Fact]
    public async Task The_script_posts_an_error_the_same_way()
    {
        ExchangeError error = ExchangeError.InvalidGrant("private_reason");

        JsonElement run = await RunAsync(Landing.Fail(Popup, error), hasOpener: true);

        AssertMembers(
            Assert.Single(run.GetProperty("posted").EnumerateArray()).GetProperty("message"),
            ("error", "invalid_grant"), ("error_description", error.Description), ("type", "cambio"));
    }

    [Fact]
    public async Task Without_an_opener_the_page_stays_and_says_what_to_do()
    {
        JsonElement run = await RunAsync(Landing.Arrive(Popup, "C"), hasOpener: false);

        Assert.Empty(run.GetProperty("posted").EnumerateArray());
        Assert.False(run.GetProperty("closed").GetBoolean());
    }

    [Fact]
    public async Task The_script_is_the_same_for_everybody_and_may_be_kept()
    {
        await using DoorHost host = await DoorHost.StartAsync();

        HttpResponseMessage answer = await host.GetAsync("/auth/popup.js");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl is { Public: true, NoStore: false, MaxAge: { TotalHours: 1 } });
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        string script = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("\"*\"", script, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", script, StringComparison.Ordinal);
    }

    private static RedirectState Popup => State("https://app.example.com") with { Mode = RedirectMode.Popup };

    private static RedirectState State(string url) => new()
    {
        State = new string('0', 64),
        Provider = "acme",
        Mode = RedirectMode.Code,
        RedirectUri = $"{TokenRoom.Issuer}/auth/acme/callback",
        ReturnUrl = url,
        CodeChallenge = new string('c', 43),
        ExpiresAt = TokenRoom.Start + RedirectState.Lifetime,
    };

    private static async Task<HttpResponseMessage> LandAsync(Landing landing)
    {
        await using DoorHost host = await StartAsync(landing);
        return await host.GetAsync("/land");
    }

    /// <summary>Runs the script as a browser does on the page, with stand-ins for window and document.</summary>
    private static async Task<JsonElement> RunAsync(Landing landing, bool hasOpener)
    {
        await using DoorHost host = await StartAsync(landing);
        string page = await (await host.GetAsync("/land")).Content.ReadAsStringAsync();
        string script = await (await host.GetAsync("/auth/popup.js")).Content.ReadAsStringAsync();
        return await NodeScript.RunAsync("popup.mjs", new
        {
            script,
            has_opener = hasOpener,
            elements = new { answer = new { origin = Attribute(page, "data-origin"), message = Attribute(page, "data-message") } },
        });
    }

    private static Task<DoorHost> StartAsync(Landing landing) => DoorHost.StartAsync(
        new Dictionary<string, string?> { ["Cambio:PublicUrl"] = TokenRoom.Issuer }, map: app => app.MapGet("/land", IResult () => landing));

    private static void AssertRedirect(HttpResponseMessage answer, string location)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(location, answer.Headers.NonValidated["Location"].Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Answer.AssertNotKept(answer);
    }

    private static void AssertMembers(JsonElement message, params (string Name, string Value)[] members) =>
        Assert.Equal(members, message.EnumerateObject().Select(static member => (member.Name, member.Value.GetString()!)).Order());

    private static string Attribute(string page, string name) =>
        WebUtility.HtmlDecode(Regex.Match(page, $"{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<(/?script)")]
    private static partial Regex Script();
}
