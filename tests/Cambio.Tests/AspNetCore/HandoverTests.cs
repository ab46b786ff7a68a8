using System.Net;
using System.Text.Json;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.AspNetCore;

/// <summary>Exchanges that leave the corridor as a code or as a session.</summary>
public sealed class HandoverTests(GrantRoom room) : IClassFixture<GrantRoom>
{
    private const string Verifier = RedirectedExchange.Verifier;

    private readonly RedirectedExchange redirected = new(room);

    [Fact]
    public async Task A_sign_in_leaves_as_a_code_and_the_session_that_it_opens_later_knows_it()
    {
        ExchangeResult result = (await redirected.ExchangeAsync(Handover.ByCode(RedirectedExchange.Binding), "by code")).Value!;

        Assert.True(result.IsNewUser);
        Assert.Equal((null, null), (result.Token, result.SessionId));
        AuditEvent exchanged = room.Events.Last;
        Assert.Equal(("exchange", "success", result.Account.User.Id), (exchanged.Action, exchanged.Outcome, exchanged.UserId));
        Assert.Null(exchanged.SessionId);

        HttpResponseMessage answer = await RedeemAsync(result.Code!);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string token = (await answer.JsonAsync()).GetProperty("access_token").GetString()!;
        Assert.Equal(TokenRoom.Part(token, 1).GetProperty("sid").GetString(), room.Events.Last.SessionId);
        SessionLookup session = (await room.Host.Store.FindSessionAsync(room.Events.Last.SessionId!, CancellationToken.None))!;
        Assert.Equal(("github", "203.0.113.9", result.Account.User), (session.Session.Provider, session.Session.Address, session.Account.User));
    }

    [Fact]
    public async Task RED_038_of_ten_uses_of_a_code_at_once_one_succeeds_and_its_session_ends()
    {
        ExchangeResult result = (await redirected.ExchangeAsync(Handover.ByCode(RedirectedExchange.Binding), "once")).Value!;
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RedeemAsync(result.Code!)));

        JsonElement tokens = await Assert.Single(answers, static answer => answer.StatusCode == HttpStatusCode.OK).JsonAsync();
        foreach (HttpResponseMessage refused in answers.Where(static answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await refused.OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        }

        HttpResponseMessage refresh = await room.PostAsync("/auth/token", $"grant_type=refresh_token&refresh_token={tokens.GetProperty("refresh_token").GetString()}");
        await refresh.OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task A_sign_in_leaves_as_a_session_without_tokens()
    {
        ExchangeResult result = (await redirected.ExchangeAsync(Handover.Session, "by session")).Value!;

        Assert.Equal((null, null), (result.Token, result.Code));
        Assert.Equal(result.SessionId, room.Events.Last.SessionId);
        Sessions sessions = room.Host.Services.GetRequiredService<Sessions>();
        Assert.Equal(result.SessionId, Assert.Single(await sessions.ListAsync(result.Account.User, CancellationToken.None)).Id);
        Assert.True((await sessions.EndAsync(result.Account.User, result.SessionId!, CancellationToken.None)).IsSuccess);
    }

    [Fact]
    public async Task A_link_that_leaves_as_a_session_is_made_at_once_and_opens_none()
    {
        await room.SignInAsync();

        ExchangeResult result = (await redirected.ExchangeAsync(Handover.Session, "linked at once", TokenRoom.Ada.User, "microsoft")).Value!;

        Assert.Equal((null, null, null), (result.Token, result.Code, result.SessionId));
        Assert.Equal(TokenRoom.Ada.User, result.Account.User);
        Assert.Equal("link success LinkToCurrentUser", room.Events.Lines.Last());
    }

    [Fact]
    public async Task A_sign_in_that_is_refused_makes_no_code()
    {
        int codes = room.Host.Store.State.Codes.Count;
        ExchangeResult first = (await redirected.ExchangeAsync(Handover.ByCode(RedirectedExchange.Binding), "disabled")).Value!;
        await room.Host.Store.TransactAsync<bool>(
            async (transaction, cancellationToken) =>
            {
                await transaction.Accounts.UpdateUserAsync(first.Account with { Disabled = true }, cancellationToken);
                return true;
            },
            CancellationToken.None);

        Assert.False((await redirected.ExchangeAsync(Handover.ByCode(RedirectedExchange.Binding), "disabled")).IsSuccess);

        Assert.Equal(codes + 1, room.Host.Store.State.Codes.Count);
    }

    private Task<HttpResponseMessage> RedeemAsync(string code) =>
        room.PostAsync("/auth/token", $"grant_type=authorization_code&code={code}&code_verifier={Verifier}&redirect_uri={Uri.EscapeDataString(GrantRoom.ReturnUrl)}");
}
