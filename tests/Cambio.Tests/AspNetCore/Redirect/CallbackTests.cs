using System.Net;
using System.Text.Json;
using Cambio.AspNetCore.Redirect;

namespace Cambio.Tests.AspNetCore.Redirect;

/// <summary>Callbacks that belong to a redirect of the browser: each ends on the return URL.</summary>
public sealed class CallbackTests(CallbackRoom room) : IClassFixture<CallbackRoom>
{
    [Theory]
    [InlineData("google")]
    [InlineData("github")]
    public async Task A_sign_in_lands_with_a_code_that_its_front_end_redeems(string provider)
    {
        Visit visit = await room.VisitAsync(provider);

        Dictionary<string, string> landed = CallbackRoom.Landed(await visit.ComeAsync());

        // RED-037.
        Assert.Equal(["code", "state"], landed.Keys);
        Assert.Equal("front end's own", landed["state"]);
        JsonElement tokens = await (await RedeemAsync(landed["code"])).JsonAsync();
        Assert.NotEmpty(tokens.GetProperty("access_token").GetString()!);
    }

    [Fact]
    public async Task A_provider_that_posts_is_answered_the_same_way()
    {
        Visit visit = await room.VisitAsync("apple");

        HttpResponseMessage answer = await visit.PostAsync(visit.Query[1..]);

        Assert.Equal(["code", "state"], CallbackRoom.Landed(answer).Keys);
    }

    [Fact]
    public async Task An_address_of_an_application_gets_the_code_too()
    {
        Visit visit = await room.VisitAsync("google", static state => state with { ReturnUrl = "com.example.app:/return", FrontEndState = null });

        HttpResponseMessage answer = await visit.ComeAsync();

        Assert.Matches("^com\\.example\\.app:/return\\?code=[A-Za-z0-9_-]+$", answer.Headers.NonValidated["Location"].Single());
    }

    [Fact]
    public async Task The_cookie_is_taken_back_with_the_attributes_that_it_was_given_with()
    {
        Visit visit = await room.VisitAsync();

        HttpResponseMessage answer = await visit.ComeAsync();

        string taken = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith($"{visit.Cookie.Split('=')[0]}=;", taken, StringComparison.Ordinal);
        Assert.Contains("expires=Thu, 01 Jan 1970", taken, StringComparison.Ordinal);
        Assert.Contains("path=/; secure", taken, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error=access_denied", "access_denied")]
    [InlineData("error=user_cancelled_login", "access_denied")]
    [InlineData("error=temporarily_unavailable", "temporarily_unavailable")]
    [InlineData("error=server_error", "provider_error")]
    [InlineData("", "access_denied")]

    // RED-024.
    [InlineData("error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=%22%3E%3Cimg%20onerror%3E&error_uri=javascript:alert(2)", "provider_error")]
    public async Task An_error_of_the_providers_lands_in_our_words_and_spends_the_state(string query, string error)
    {
        Visit visit = await room.VisitAsync();
        int calls = room.Calls;

        HttpResponseMessage answer = await visit.GetAsync($"?{query}&state={visit.State}");

        // RED-023.
        Dictionary<string, string> landed = CallbackRoom.Landed(answer);
        Assert.Equal(["error", "error_description", "state"], landed.Keys);
        Assert.Equal((error, "front end's own"), (landed["error"], landed["state"]));
        string text = answer.ToString() + await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("alert", text, StringComparison.Ordinal);
        Assert.DoesNotContain("onerror", text, StringComparison.Ordinal);
        Assert.Equal(calls, room.Calls);
        await (await visit.ComeAsync()).RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");
    }

    // RED-004.
    [Fact]
    public async Task A_callback_is_answered_once_and_the_first_answer_stays_good()
    {
        Visit visit = await room.VisitAsync();
        Dictionary<string, string> landed = CallbackRoom.Landed(await visit.ComeAsync());
        int calls = room.Calls;

        JsonElement refusal = await (await visit.ComeAsync()).RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");

        Assert.Equal("state_spent", refusal.GetProperty("reason").GetString());
        Assert.NotEmpty(refusal.GetProperty("hint").GetString()!);
        Assert.Equal(calls, room.Calls);
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(landed["code"])).StatusCode);
    }

    // RED-005.
    [Fact]
    public async Task A_code_that_the_provider_refuses_spends_the_state_too()
    {
        Visit visit = await room.VisitAsync();
        string query = $"?code=forged&state={visit.State}";

        Dictionary<string, string> landed = CallbackRoom.Landed(await visit.GetAsync(query));

        Assert.Equal("invalid_grant", landed["error"]);
        int calls = room.Calls;
        await (await visit.GetAsync(query)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");
        await (await visit.ComeAsync()).RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");
        Assert.Equal(calls, room.Calls);
    }

    // RED-016.
    [Fact]
    public async Task The_code_of_another_sign_in_is_refused_by_the_provider_for_its_verifier()
    {
        Visit victim = await room.VisitAsync();
        Visit attacker = await room.VisitAsync();

        Dictionary<string, string> landed = CallbackRoom.Landed(await attacker.GetAsync($"?code={Uri.EscapeDataString(victim.Code)}&state={attacker.State}"));

        Assert.Equal("invalid_grant", landed["error"]);
    }

    // MUL-003.
    [Fact]
    public async Task Of_callbacks_at_the_same_time_one_is_answered()
    {
        Visit visit = await room.VisitAsync();

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => visit.ComeAsync()));

        Assert.Single(answers, static answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(7, answers.Count(static answer => answer.StatusCode == HttpStatusCode.BadRequest));
    }

    // RED-009.
    [Fact]
    public async Task Two_tabs_of_one_browser_end_each_for_itself_in_any_order()
    {
        Visit google = await room.VisitAsync("google");
        Visit github = await room.VisitAsync("github");
        string both = $"{google.Cookie}; {github.Cookie}";

        Dictionary<string, string> second = CallbackRoom.Landed(await github.GetAsync(github.Query, both));
        Dictionary<string, string> first = CallbackRoom.Landed(await google.GetAsync(google.Query, both));

        Assert.Contains("code", second.Keys);
        Assert.Contains("code", first.Keys);
    }

    [Fact]
    public async Task A_popup_gets_the_code_by_its_page()
    {
        Visit visit = await room.VisitAsync("google", static state => state with { Mode = RedirectMode.Popup, ReturnUrl = CallbackRoom.Origin });

        HttpResponseMessage answer = await visit.ComeAsync();

        string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"data-origin=\"{CallbackRoom.Origin}\"", page, StringComparison.Ordinal);
        Assert.Contains("data-message=\"{\"code\":\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_popup_gets_an_error_by_its_page()
    {
        Visit visit = await room.VisitAsync("google", static state => state with { Mode = RedirectMode.Popup, ReturnUrl = CallbackRoom.Origin });

        HttpResponseMessage answer = await visit.GetAsync($"?error=access_denied&state={visit.State}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("{\"error\":\"access_denied\"", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    // RED-040.
    [Fact]
    public async Task No_answer_is_kept_or_tells_where_it_came_from()
    {
        Visit good = await room.VisitAsync();
        Visit popup = await room.VisitAsync("google", static state => state with { Mode = RedirectMode.Popup, ReturnUrl = CallbackRoom.Origin });
        HttpResponseMessage[] answers =
        [
            await good.ComeAsync(), await good.ComeAsync(), await popup.ComeAsync(),
            await good.GetAsync("", headers: ("Accept", "text/html")), await room.Host.GetAsync("/auth/nobody/callback"),
            await room.Host.SendAsync(HttpMethod.Put, good.Path),
        ];

        Assert.All(answers, static answer =>
        {
            Answer.AssertNotKept(answer);
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        });
    }

    [Fact]
    public async Task Every_callback_leaves_one_event()
    {
        Visit visit = await room.VisitAsync();
        room.Events.Clear();

        await visit.ComeAsync();
        Assert.Equal(["exchange success Create"], room.Events.Lines);
        await visit.ComeAsync();
        Assert.Equal("callback invalid_state state_spent", room.Events.Lines.Last());
        await (await room.VisitAsync()).GetAsync("?error=access_denied");
        Assert.Equal("callback invalid_state state_missing", room.Events.Lines.Last());
        Visit denied = await room.VisitAsync();
        await denied.GetAsync($"?error=access_denied&state={denied.State}");

        Assert.Equal("callback access_denied denied_at_provider", room.Events.Lines.Last());
        Assert.Equal(4, room.Events.All.Count);
        Assert.All(room.Events.All, static e => Assert.Equal("google", e.Provider));
    }

    private Task<HttpResponseMessage> RedeemAsync(string code) => CallbackRoom.RedeemAsync(room.Host, code);
}
