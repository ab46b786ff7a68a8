using System.Net;
using System.Text.Json;
using Cambio.Testing;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.AspNetCore;

/// <summary>Confidential clients at the doors beside the grant table: the exchange by JSON, and hosts that let nobody else in.</summary>
public sealed class ClientDoorTests(GrantRoom room, ClientDoorTests.ClosedRoom closed) : IClassFixture<GrantRoom>, IClassFixture<ClientDoorTests.ClosedRoom>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Exchange = "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token={access_token}"
        + "&subject_token_type=urn:ietf:params:oauth:token-type:access_token&subject_issuer=google";

    [Theory]
    [InlineData(null, 200, null)]
    [InlineData("Bearer x", 200, null)]
    [InlineData("shop", 200, null)]
    [InlineData("narrow", 403, "access_denied")]
    [InlineData("Basic x", 401, "invalid_client")]
    [InlineData("Basic c2hvcDp3cm9uZw==", 401, "invalid_client")]
    [InlineData("Basic bm9ib2R5OngxMjM0NTY3ODkwMTIzNDU2", 401, "invalid_client")]
    public async Task A_client_may_show_its_secret_at_the_exchange(string? client, int status, string? error)
    {
        int calls = room.Fakes.Simulator.Calls.Count;
        int sessions = room.Host.Store.Sessions.Count;
        room.Events.Clear();

        HttpResponseMessage answer = await room.PostAsync("/auth/google", await room.FillAsync("access_token={access_token}"), Authorization(client));

        if (error is null)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            string id = TokenRoom.Part((await answer.JsonAsync()).GetProperty("access_token").GetString()!, 1).GetProperty("sid").GetString()!;
            Assert.Equal(client == "shop" ? "shop" : null, room.Host.Store.Sessions.Single(session => session.Id == id).ClientId);
        }
        else
        {
            await answer.RefusalAsync((HttpStatusCode)status, error);
            Assert.Equal((calls, sessions), (room.Fakes.Simulator.Calls.Count, room.Host.Store.Sessions.Count));
            Assert.Equal(status == 401 ? "Basic realm=\"cambio\"" : "", answer.Headers.WwwAuthenticate.ToString());
        }

        Assert.Single(room.Events.All, static e => e.Action == "exchange");
    }

    [Fact]
    public async Task What_a_client_exchanged_only_it_may_refresh()
    {
        HttpResponseMessage exchanged = await room.PostAsync("/auth/google", await room.FillAsync("access_token={access_token}"), GrantRoom.Basic("shop"));
        string refresh = $"grant_type=refresh_token&refresh_token={(await exchanged.JsonAsync()).GetProperty("refresh_token").GetString()}";

        await (await room.PostAsync("/auth/token", refresh)).OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        await (await room.PostAsync("/auth/token", refresh, GrantRoom.Basic("api"))).OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal(HttpStatusCode.OK, (await room.PostAsync("/auth/token", refresh, GrantRoom.Basic("shop"))).StatusCode);
    }

    [Theory]
    [InlineData("grant_type=refresh_token&refresh_token={refresh}")]
    [InlineData("grant_type=refresh_token&refresh_token={refresh}&client_id=spa")]
    [InlineData("grant_type=authorization_code&code={code}&code_verifier={verifier}")]
    [InlineData(Exchange)]
    public async Task Where_a_client_is_required_no_grant_is_public(string form)
    {
        int calls = closed.Fakes.Simulator.Calls.Count;

        await (await closed.PostAsync("/auth/token", await closed.FillAsync(form))).OAuthRefusalAsync(HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Equal(calls, closed.Fakes.Simulator.Calls.Count);
    }

    [Fact]
    public async Task Where_a_client_is_required_the_exchange_asks_for_it_too()
    {
        string form = await closed.FillAsync("access_token={access_token}");

        await (await closed.PostAsync("/auth/google", form)).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_client");
        await (await closed.PostAsync("/auth/google", form + "&client_id=shop&client_secret=shop-secret-0123456789")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Equal(HttpStatusCode.OK, (await closed.PostAsync("/auth/google", form, GrantRoom.Basic("shop"))).StatusCode);
    }

    [Fact]
    public async Task Where_a_client_is_required_revocation_stays_open() =>
        Assert.Equal(HttpStatusCode.OK, (await closed.PostAsync("/auth/revoke", await closed.FillAsync("token={refresh}"))).StatusCode);

    [Theory]
    [InlineData("Cambio:Tokens:RequireClient", "true", "Cambio:Clients has no client")]
    [InlineData("Cambio:Clients:shop:Secret", "short", "Cambio:Clients:shop:Secret")]
    [InlineData("Cambio:Clients:shop:Sekret", "a-secret-of-the-shop", "Cambio:Clients:shop:Sekret is not a setting")]
    public async Task A_mistake_of_clients_stops_the_start(string key, string value, string expected)
    {
        OptionsValidationException e = await Assert.ThrowsAsync<OptionsValidationException>(
            () => DoorHost.StartAsync(new Dictionary<string, string?> { [key] = value }));

        Assert.Contains(e.Failures, failure => failure.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusals_that_others_tell_apart_are_400_for_an_rfc_and_faults_of_a_provider_are_not()
    {
        await using var none = new NoSignUpRoom();
        await none.InitializeAsync();

        await (await none.PostAsync("/auth/token", await none.FillAsync(Exchange))).OAuthRefusalAsync(HttpStatusCode.BadRequest, "signup_disabled");

        string endpoint = none.Fakes.Simulator.Calls[0].Endpoint!;
        none.Fakes["google"].Break(endpoint, Fault.Down);
        HttpResponseMessage down = await none.PostAsync("/auth/token", await none.FillAsync(Exchange));
        await down.OAuthRefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
        Assert.NotNull(down.Headers.RetryAfter);

        none.Fakes["google"].Break(endpoint, Fault.Body("["));
        await (await none.PostAsync("/auth/token", await none.FillAsync(Exchange))).OAuthRefusalAsync(HttpStatusCode.BadGateway, "provider_error");
    }

    [Fact]
    public async Task The_ticket_of_an_interrupted_token_exchange_is_its_clients_alone()
    {
        await using var terms = new TermsRoom();
        await terms.InitializeAsync();
        HttpResponseMessage interrupted = await terms.PostAsync("/auth/token", await terms.FillAsync(Exchange), GrantRoom.Basic("shop"));
        JsonElement error = await interrupted.OAuthRefusalAsync(HttpStatusCode.BadRequest, "interaction_required");
        Assert.Equal("terms", error.GetProperty("requires").GetString());
        Assert.Equal("2026-11", error.GetProperty("terms_version").GetString());
        string form = $"ticket={Uri.EscapeDataString(error.GetProperty("ticket").GetString()!)}&terms=2026-11";

        await (await terms.PostAsync("/auth/google", form)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        await (await terms.PostAsync("/auth/google", form, GrantRoom.Basic("api"))).RefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal(HttpStatusCode.OK, (await terms.PostAsync("/auth/google", form, GrantRoom.Basic("shop"))).StatusCode);
    }

    [Fact]
    public async Task TOK_007_whoever_is_not_the_client_neither_uses_nor_ends_its_token()
    {
        IssuedToken token = await room.SignInAsync("shop");
        string form = $"grant_type=refresh_token&refresh_token={token.RefreshToken}";
        await room.PostAsync("/auth/token", form);
        await room.PostAsync("/auth/token", form, GrantRoom.Basic("api"));
        await room.PostAsync("/auth/token", form, GrantRoom.Basic("shop", "wrong"));

        Assert.Equal(HttpStatusCode.OK, (await room.PostAsync("/auth/token", form, GrantRoom.Basic("shop"))).StatusCode);
    }

    [Fact]
    public async Task A_code_is_dead_after_a_wrong_verifier_and_after_its_use()
    {
        string guessed = await room.FillAsync("grant_type=authorization_code&code={code}&code_verifier=");
        string used = await room.FillAsync("grant_type=authorization_code&code={code}&code_verifier={verifier}");
        string verifier = await room.FillAsync("{verifier}");

        await (await room.PostAsync("/auth/token", guessed + "A" + verifier)).OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        await (await room.PostAsync("/auth/token", guessed + verifier)).OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        HttpResponseMessage first = await room.PostAsync("/auth/token", used);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await (await room.PostAsync("/auth/token", used)).OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        string id = TokenRoom.Part((await first.JsonAsync()).GetProperty("access_token").GetString()!, 1).GetProperty("sid").GetString()!;
        Assert.NotNull(room.Host.Store.Sessions.Single(session => session.Id == id).EndedAt);
    }

    [Theory]
    [InlineData("client_secret")]
    [InlineData("subject_token")]
    [InlineData("refresh_token")]
    [InlineData("code")]
    [InlineData("code_verifier")]
    [InlineData("token")]
    public async Task A_secret_in_the_query_is_refused_at_every_door(string name)
    {
        await using DoorHost host = await DoorHost.StartAsync();

        foreach (string path in new[] { "/auth/token", "/auth/revoke", "/auth/introspect" })
        {
            await (await host.PostAsync($"{path}?{name}=t", "grant_type=refresh_token&refresh_token=t&token=t", Form)).OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
        }

        await (await host.PostAsync($"/auth/acme?{name}=t", "access_token=t", Form)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    private static string? Authorization(string? client) => client is null || client.Contains(' ') ? client : GrantRoom.Basic(client);

    /// <summary>A host that lets no public client in.</summary>
    public sealed class ClosedRoom() : GrantRoom(new() { ["Cambio:Tokens:RequireClient"] = "true" });

    private sealed class TermsRoom() : GrantRoom(new()
    {
        ["Cambio:Pipeline"] = "find-login, create-user, save-login, require-terms",
        ["Cambio:Accounts:Terms"] = "2026-11",
    });

    private sealed class NoSignUpRoom() : GrantRoom(new() { ["Cambio:Accounts:SignUp"] = "false" });
}
