using System.Net;
using System.Text;
using System.Text.Json;
using Cambio.Storage;

namespace Cambio.Tests.AspNetCore;

/// <summary>Sign-ins by redirect that a step interrupts: the code gives a ticket to who redeems it, and to nobody else.</summary>
public sealed class HeldSignInTests(HeldSignInTests.AskingRoom room) : IClassFixture<HeldSignInTests.AskingRoom>
{
    private const string Agent = "App/1.0";

    private readonly RedirectedExchange redirected = new(room);

    [Fact]
    public async Task Whoever_redeems_the_code_is_asked_and_goes_on_to_tokens()
    {
        JsonElement asked = await AskedAsync(await RedeemAsync(await redirected.HoldAsync("asked")));
        Assert.Equal(("terms", "2026-11"), (asked.GetProperty("requires").GetString(), asked.GetProperty("terms_version").GetString()));
        Assert.Equal("redeem interaction_required interaction_required", room.Events.Lines.Last());

        HttpResponseMessage done = await GoOnAsync(asked);

        Assert.True(done.StatusCode == HttpStatusCode.OK, await done.Content.ReadAsStringAsync());
        Assert.NotNull((await done.JsonAsync()).GetProperty("access_token").GetString());
    }

    [Theory]
    [InlineData("another program", Agent + "2", null)]
    [InlineData("a client", Agent, "shop")]
    public async Task The_ticket_is_of_no_use_to_anybody_else_who_cannot_spend_it_either(string what, string agent, string? client)
    {
        JsonElement asked = await AskedAsync(await RedeemAsync(await redirected.HoldAsync(what)));

        JsonElement refused = await (await GoOnAsync(asked, agent, client)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");

        Assert.Equal("ticket_of_another_caller", refused.GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.OK, (await GoOnAsync(asked)).StatusCode);
    }

    [Fact]
    public async Task The_ticket_of_a_client_is_that_clients_wherever_it_calls_from()
    {
        JsonElement asked = await AskedAsync(await RedeemAsync(await redirected.HoldAsync("client"), "shop"));

        await (await GoOnAsync(asked)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        await (await GoOnAsync(asked, client: "api")).RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        HttpResponseMessage done = await GoOnAsync(asked, "another instance", "shop");

        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        SessionLookup session = (await room.Host.Store.FindSessionAsync(room.Events.Last.SessionId!, CancellationToken.None))!;
        Assert.Equal("shop", session.Session.ClientId);
    }

    [Fact]
    public async Task A_page_of_our_own_gets_the_cookie_that_its_ticket_needs()
    {
        HttpResponseMessage redeemed = await RedeemAsync(await redirected.HoldAsync("page"), headers: ("Sec-Fetch-Site", "same-origin"));
        string cookie = Assert.Single(redeemed.Headers.GetValues("Set-Cookie")).Split(';')[0];
        JsonElement asked = await AskedAsync(redeemed);

        await (await GoOnAsync(asked)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal(HttpStatusCode.OK, (await GoOnAsync(asked, headers: [("Sec-Fetch-Site", "same-origin"), ("Cookie", cookie)])).StatusCode);
    }

    [Theory]
    [InlineData("again", "code_reused")]
    [InlineData("too late", "code_expired")]
    [InlineData("another verifier", "code_verifier_mismatch")]
    [InlineData("a client that may not use the provider", "provider_not_allowed_for_client")]
    public async Task A_code_that_is_no_good_gives_no_ticket(string what, string reason)
    {
        string code = await redirected.HoldAsync(what, provider: "google");
        if (what == "again")
        {
            await RedeemAsync(code);
        }

        room.Host.Time.Advance(TimeSpan.FromSeconds(what == "too late" ? 60 : 0));
        HttpResponseMessage refused = await RedeemAsync(
            code,
            what == "a client that may not use the provider" ? "picky" : null,
            RedirectedExchange.Verifier + (what == "another verifier" ? "A" : ""));

        JsonElement error = await refused.OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal(reason, error.GetProperty("reason").GetString());
        Assert.False(error.TryGetProperty("ticket", out _));
    }

    [Fact]
    public async Task As_a_link_it_links_nothing()
    {
        string bearer = (await room.SignInAsync()).AccessToken;
        string code = await redirected.HoldAsync("as a link");

        HttpResponseMessage refused = await room.Host.SendAsync(
            HttpMethod.Post,
            "/auth/github/link",
            new ByteArrayContent(Encoding.UTF8.GetBytes($"link_code={code}&code_verifier={RedirectedExchange.Verifier}")),
            "application/x-www-form-urlencoded",
            $"Bearer {bearer}");

        Assert.Equal("ticket_of_another_exchange", (await refused.RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant")).GetProperty("reason").GetString());
    }

    private static Task<JsonElement> AskedAsync(HttpResponseMessage answer) => answer.OAuthRefusalAsync(HttpStatusCode.BadRequest, "interaction_required");

    private Task<HttpResponseMessage> RedeemAsync(
        string code, string? client = null, string verifier = RedirectedExchange.Verifier, params (string, string)[] headers) =>
        PostAsync("/auth/token", $"grant_type=authorization_code&code={code}&code_verifier={verifier}", Agent, client, headers);

    private Task<HttpResponseMessage> GoOnAsync(JsonElement asked, string agent = Agent, string? client = null, params (string, string)[] headers) =>
        PostAsync("/auth/github", $"ticket={asked.GetProperty("ticket").GetString()}&terms=2026-11", agent, client, headers);

    private Task<HttpResponseMessage> PostAsync(string path, string form, string agent, string? client, (string, string)[] headers) => room.Host.SendAsync(
        HttpMethod.Post,
        path,
        new ByteArrayContent(Encoding.UTF8.GetBytes(form)),
        "application/x-www-form-urlencoded",
        client is null ? null : GrantRoom.Basic(client),
        [("User-Agent", agent), .. headers]);

    /// <summary>The doors with a step that asks everybody.</summary>
    public sealed class AskingRoom() : GrantRoom(new()
    {
        ["Cambio:Pipeline"] = "find-login, create-user, require-terms, save-login",
        ["Cambio:Accounts:Terms"] = "2026-11",
    });
}
