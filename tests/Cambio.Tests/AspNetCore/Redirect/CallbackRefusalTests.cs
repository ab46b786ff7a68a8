using System.Net;
using System.Text.Json;
using Cambio.AspNetCore.Redirect;

namespace Cambio.Tests.AspNetCore.Redirect;

/// <summary>Callbacks that go back to nobody: answered here, nobody called, nothing written.</summary>
public sealed class CallbackRefusalTests(CallbackRoom room) : IClassFixture<CallbackRoom>
{
    private const string Browser = "text/html,application/xhtml+xml,*/*;q=0.8";

    /// <summary>By case: the query, where {code} and {state} are those of the browser.</summary>
    public static TheoryData<string, string, string> Queries => new()
    {
        { "RED-001", "?code={code}", "invalid_state" },
        { "RED-001", "?code={code}&state=", "invalid_state" },
        { "RED-001", "?code={code}&State={state}", "invalid_state" },
        { "RED-001", "", "invalid_state" },
        { "RED-002", "?code={code}&state=1234567890123456789012345678901234567890123456789012345678901234", "invalid_state" },
        { "RED-002", "?code={code}&state=%27%20OR%201%3D1--", "invalid_state" },
        { "RED-002", "?code={code}&state={10KiB}", "invalid_state" },
        { "RED-002", "?code={code}&state=%FF%FE", "invalid_state" },
        { "RED-002", "?code=%C3%28&state={state}", "invalid_state" },
        { "RED-002", "?code={code}&state={state}%00", "invalid_state" },
        { "RED-025", "?error=access_denied", "invalid_state" },
        { "RED-025", "?error=access_denied&state=https://evil.example/", "invalid_state" },
        { "RED-027", "?code={code}&code=other&state={state}", "invalid_request" },
        { "RED-027", "?code={code}&state={state}&state={state}", "invalid_request" },
        { "RED-027", "?code={code}&state={state}&STATE=other", "invalid_request" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task What_belongs_to_no_redirect_of_this_browser_is_refused(string attack, string query, string error)
    {
        Visit visit = await room.VisitAsync();
        int calls = room.Calls;
        string sent = query.Replace("{code}", visit.Code, StringComparison.Ordinal)
            .Replace("{state}", visit.State, StringComparison.Ordinal)
            .Replace("{10KiB}", new string('a', 10 * 1024), StringComparison.Ordinal);

        HttpResponseMessage answer = await visit.GetAsync(sent);

        Assert.NotEmpty(attack);
        await answer.RefusalAsync(HttpStatusCode.BadRequest, error);
        Assert.Null(answer.Headers.Location);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal(calls, room.Calls);
        Assert.Equal(HttpStatusCode.Redirect, (await visit.ComeAsync()).StatusCode);
    }

    // RED-002: a constant message.
    [Fact]
    public async Task All_bad_states_are_told_the_same()
    {
        Visit visit = await room.VisitAsync();
        string[] queries = ["", $"?state={new string('0', 64)}", "?state=%FF", $"?state={visit.State[..63]}", "?state=x&error=access_denied"];

        JsonElement[] refusals = await Task.WhenAll(queries.Select(async query =>
            await (await visit.GetAsync(query)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_state")));

        Assert.Single(refusals.Select(static refusal => refusal.GetProperty("error_description").GetString()).Distinct());
    }

    // RED-003.
    [Fact]
    public async Task Another_browser_is_refused_and_the_owner_still_gets_in()
    {
        Visit attacker = await room.VisitAsync();
        Visit victim = await room.VisitAsync();
        int calls = room.Calls;

        HttpResponseMessage bare = await room.Host.GetAsync(attacker.Path + attacker.Query);
        HttpResponseMessage other = await attacker.GetAsync(attacker.Query, victim.Cookie);

        await bare.RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");
        await other.RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");
        Assert.Equal(calls, room.Calls);
        Assert.Equal(HttpStatusCode.Redirect, (await attacker.ComeAsync()).StatusCode);
    }

    // RED-021.
    [Fact]
    public async Task A_state_of_another_provider_is_refused()
    {
        Visit google = await room.VisitAsync("google");

        HttpResponseMessage answer = await room.Host.SendAsync(HttpMethod.Get, "/auth/github/callback" + google.Query, headers: ("Cookie", google.Cookie));

        await answer.RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");
    }

    // RED-007.
    [Theory]
    [InlineData(599, HttpStatusCode.Redirect)]
    [InlineData(600, HttpStatusCode.BadRequest)]
    public async Task A_state_is_good_for_ten_minutes(int age, HttpStatusCode status)
    {
        Visit visit = await room.VisitAsync("github", state => state with { ExpiresAt = state.ExpiresAt.AddSeconds(-age) });

        Assert.Equal(status, (await visit.ComeAsync()).StatusCode);
    }

    // RED-018.
    [Theory]
    [InlineData("https://as2.example")]
    [InlineData("https://accounts.google.com.evil.example")]
    public async Task A_foreign_issuer_is_refused_here_and_its_code_goes_nowhere(string issuer)
    {
        Visit visit = await room.VisitAsync();
        int calls = room.Calls;

        HttpResponseMessage answer = await visit.GetAsync($"{visit.Query}&iss={Uri.EscapeDataString(issuer)}");

        await answer.RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");
        Assert.Equal(calls, room.Calls);
        await (await visit.ComeAsync()).RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");
    }

    // RED-046.
    [Theory]
    [InlineData("access_token")]
    [InlineData("id_token")]
    public async Task A_token_in_place_of_a_code_is_refused_here_and_told_to_nobody(string name)
    {
        Visit visit = await room.VisitAsync();
        int calls = room.Calls;

        HttpResponseMessage answer = await visit.GetAsync($"?{name}=t0ken-of-somebody&state={visit.State}");

        JsonElement refusal = await answer.RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.DoesNotContain("t0ken", refusal.GetRawText(), StringComparison.Ordinal);

        // The web server's own lines have the address; those the server turns off.
        Assert.DoesNotContain(room.Host.Logs.All, static line =>
            line.Text.Contains("t0ken", StringComparison.Ordinal) && !line.Text.StartsWith("Request ", StringComparison.Ordinal));
        Assert.Equal(calls, room.Calls);
    }

    // RED-029, RED-042.
    [Theory]
    [InlineData("Code", "https://evil.example/")]
    [InlineData("Code", "https://app.example.com/return/")]
    [InlineData("Cookie", "https://evil.example/")]
    [InlineData("Popup", "https://evil.example")]
    [InlineData("Popup", "*")]
    [InlineData("Popup", "https://app.example.com/return")]
    public async Task A_return_address_that_is_no_longer_listed_is_not_gone_to(string mode, string url)
    {
        Visit visit = await room.VisitAsync("google", state => state with { Mode = Enum.Parse<RedirectMode>(mode), ReturnUrl = url });
        int calls = room.Calls;

        HttpResponseMessage answer = await visit.ComeAsync();

        await answer.RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Null(answer.Headers.Location);
        Assert.Equal(calls, room.Calls);
    }

    // RED-027.
    [Theory]
    [InlineData("?code=C", "state={state}")]
    [InlineData("", "code=C&code=D&state={state}")]
    public async Task A_form_is_read_as_strictly(string query, string body)
    {
        Visit visit = await room.VisitAsync("apple");

        HttpResponseMessage answer = await visit.PostAsync(body.Replace("{state}", visit.State, StringComparison.Ordinal), query);

        await answer.RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    // HDR-007.
    [Theory]
    [InlineData("/auth/%3Cscript%3Ealert(1)%3C%2Fscript%3E/callback", HttpStatusCode.NotFound)]
    [InlineData("/auth/google/callback?state=%3Cscript%3Ealert(1)%3C/script%3E", HttpStatusCode.BadRequest)]
    [InlineData("/auth/google/callback?%3Cscript%3Ealert(1)%3C/script%3E=x&error=%22onload=alert(1)", HttpStatusCode.BadRequest)]
    [InlineData("/auth/google/callback?state=a&state=%3Cscript%3Ealert(1)", HttpStatusCode.BadRequest)]
    public async Task A_page_reflects_nothing(string path, HttpStatusCode status)
    {
        HttpResponseMessage page = await room.Host.SendAsync(
            HttpMethod.Get, path, headers: [("Accept", Browser), ("X-Forwarded-Host", "alert.example"), ("Referer", "https://alert.example/")]);
        HttpResponseMessage json = await room.Host.SendAsync(HttpMethod.Get, path, headers: ("Accept", "application/json"));

        Assert.Equal((status, status), (page.StatusCode, json.StatusCode));
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("alert", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Answer.AssertNotKept(json);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Another_method_is_405(string method)
    {
        HttpResponseMessage answer = await room.Host.SendAsync(new HttpMethod(method), "/auth/google/callback");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task An_unknown_provider_is_404() =>
        await (await room.Host.GetAsync("/auth/nobody/callback?code=C&state=S")).RefusalAsync(HttpStatusCode.NotFound, "unknown_provider");

    [Fact]
    public async Task Nothing_of_a_refusal_is_told_outside_development()
    {
        await using DoorHost host = await room.StartAsync("Production");

        JsonElement refusal = await (await host.GetAsync("/auth/google/callback?code=C")).RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");

        Assert.False(refusal.TryGetProperty("reason", out _));
        Assert.False(refusal.TryGetProperty("hint", out _));
    }
}
