using System.Net;
using System.Text;
using System.Text.Json;
using Cambio.Storage;
using Cambio.Tests.Tokens;
using Cambio.Tokens;

namespace Cambio.Tests.AspNetCore;

/// <summary>Links by redirect: proven at the callback, made by the front end that began them.</summary>
public sealed class LinkCodeTests(GrantRoom room) : IClassFixture<GrantRoom>
{
    private const string Verifier = RedirectedExchange.Verifier;

    private static readonly UserRef Ada = TokenRoom.Ada.User;

    private static readonly Account Bob = new() { User = new UserRef("u-bob"), CreatedAt = TokenRoom.Start };

    private readonly RedirectedExchange redirected = new(room);

    [Fact]
    public async Task The_callback_proves_the_identity_and_writes_nothing()
    {
        await room.SignInAsync();
        int events = room.Events.All.Count;
        var before = room.Host.Store.State;

        ExchangeError held = (await redirected.ExchangeAsync(Handover.ByCode(RedirectedExchange.Binding), "only proven", Ada)).Error!;

        Assert.Same(before, room.Host.Store.State);
        Assert.Equal((ErrorCodes.InteractionRequired, null), (held.Code, held.Requires));
        Assert.NotNull(held.Ticket);
        Assert.Equal("link interaction_required link_held", Assert.Single(room.Events.Lines.Skip(events)));

        // The ticket itself is nobody's.
        HttpResponseMessage posted = await PostAsync((await room.SignInAsync()).AccessToken, $$"""{"ticket":"{{held.Ticket}}"}""");
        Assert.Equal("ticket_of_another_caller", Reason(await posted.RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant")));
    }

    [Fact]
    public async Task The_front_end_that_began_it_finishes_it_once()
    {
        string bearer = (await room.SignInAsync()).AccessToken;
        string code = await redirected.HoldAsync("linked", Ada);

        HttpResponseMessage linked = await LinkAsync(bearer, code);

        Assert.True(linked.StatusCode == HttpStatusCode.OK, await linked.Content.ReadAsStringAsync());
        Assert.Equal("link success LinkToCurrentUser", room.Events.Lines.Last());
        Assert.Equal("link_code", room.Events.Last.Credential);
        Assert.Contains(await LoginsAsync(), static login => login.Provider == "github");
        Assert.Equal("code_reused", Reason(await (await LinkAsync(bearer, code)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant")));
    }

    [Theory]
    // LNK-006: the one who finishes a link is the one who began it.
    [InlineData("another user", "ticket_of_another_exchange")]
    [InlineData("another provider", "ticket_of_another_exchange")]
    [InlineData("another verifier", "code_verifier_mismatch")]
    [InlineData("too late", "code_expired")]
    [InlineData("a code of a sign-in", "code_of_a_sign_in")]
    [InlineData("an unknown code", "code_unknown")]
    public async Task Anybody_and_anything_else_links_nothing_and_the_code_is_dead(string what, string reason)
    {
        string own = (await room.SignInAsync()).AccessToken;
        string code = what switch
        {
            "a code of a sign-in" => (await redirected.ExchangeAsync(Handover.ByCode(RedirectedExchange.Binding), what)).Value!.Code!,
            "an unknown code" => new string('a', 43),
            _ => await redirected.HoldAsync(what, Ada),
        };
        string bearer = what == "another user" ? (await room.Host.SignInAsync(Bob)).AccessToken : own;
        room.Host.Time.Advance(TimeSpan.FromSeconds(what == "too late" ? 60 : 0));
        var before = room.Host.Store.State.Logins;

        HttpResponseMessage refused = await LinkAsync(
            bearer, code, what == "another verifier" ? Verifier + "A" : Verifier, what == "another provider" ? "microsoft" : "github");

        Assert.Equal(reason, Reason(await refused.RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant")));
        Assert.Equal($"link invalid_grant {reason}", room.Events.Lines.Last());
        await (await LinkAsync(own, code)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Same(before, room.Host.Store.State.Logins);
    }

    [Fact]
    public async Task It_is_no_sign_in_and_the_exchange_does_not_spend_it()
    {
        string bearer = (await room.SignInAsync()).AccessToken;
        string code = await redirected.HoldAsync("no sign-in", Ada);

        HttpResponseMessage exchange = await room.Host.SendAsync(
            HttpMethod.Post, "/auth/github", new ByteArrayContent(Encoding.UTF8.GetBytes(Body(code, Verifier))), "application/json", $"Bearer {bearer}");

        string? description = (await exchange.RefusalAsync(HttpStatusCode.BadRequest, "invalid_request")).GetProperty("error_description").GetString();
        Assert.StartsWith("link_code belongs to POST /auth/{provider}/link", description, StringComparison.Ordinal);
        Assert.Equal("exchange invalid_request link_code_without_user", room.Events.Lines.Last());
        Assert.Equal(HttpStatusCode.OK, (await LinkAsync(bearer, code)).StatusCode);
    }

    [Fact]
    public async Task Nor_is_it_a_code_of_the_token_endpoint()
    {
        await room.SignInAsync();
        string code = await redirected.HoldAsync("token endpoint", Ada);

        HttpResponseMessage redeemed = await room.PostAsync("/auth/token", $"grant_type=authorization_code&code={code}&code_verifier={Verifier}");

        Assert.Equal("code_of_a_link", Reason(await redeemed.OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_grant")));
    }

    [Fact]
    public async Task Without_a_bearer_nobody_reads_it()
    {
        await room.SignInAsync();
        string code = await redirected.HoldAsync("no bearer", Ada);

        HttpResponseMessage refused = await LinkAsync(null, code);

        await refused.RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        Assert.Equal(HttpStatusCode.OK, (await LinkAsync((await room.SignInAsync()).AccessToken, code)).StatusCode);
    }

    [Fact]
    public async Task An_identity_of_somebody_else_stays_theirs()
    {
        await redirected.ExchangeAsync(Handover.Session, "somebody");
        string bearer = (await room.SignInAsync()).AccessToken;
        string code = await redirected.HoldAsync("somebody", Ada);

        await (await LinkAsync(bearer, code)).RefusalAsync(HttpStatusCode.Conflict, "identity_in_use");
    }

    private static string Body(string code, string verifier) => $$"""{"link_code":"{{code}}","code_verifier":"{{verifier}}"}""";

    private static string? Reason(JsonElement refusal) => refusal.GetProperty("reason").GetString();

    private Task<IReadOnlyList<Login>> LoginsAsync() => room.Host.Store.ListLoginsAsync(Ada, CancellationToken.None);

    private Task<HttpResponseMessage> LinkAsync(string? bearer, string code, string verifier = Verifier, string provider = "github") =>
        PostAsync(bearer, Body(code, verifier), provider);

    private Task<HttpResponseMessage> PostAsync(string? bearer, string body, string provider = "github") => room.Host.SendAsync(
        HttpMethod.Post,
        $"/auth/{provider}/link",
        new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        "application/json",
        bearer is null ? null : $"Bearer {bearer}");
}
