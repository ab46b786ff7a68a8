using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

/// <summary>What a sign-in leaves as.</summary>
public sealed class HandoversTests
{
    private static readonly CodeBinding Binding = new(Pkce.Challenge(new string('v', 43)), "https://app.example.com/back");

    [Fact]
    public async Task As_tokens_it_opens_their_session()
    {
        using var room = new TokenRoom();

        HandedOver made = await IssueAsync(room, Handover.Tokens);

        Assert.NotNull(made.Token);
        Assert.Equal((made.Token.SessionId, null), (made.SessionId, made.Code));
        Assert.Equal(made.SessionId, Assert.Single(room.Store.Sessions).Id);
    }

    [Fact]
    public async Task As_a_code_it_opens_nothing_yet()
    {
        using var room = new TokenRoom();

        HandedOver made = await IssueAsync(room, Handover.ByCode(Binding));

        Assert.Equal(43, made.Code?.Length);
        Assert.Equal((null, null), (made.Token, made.SessionId));
        Assert.Empty(room.Store.Sessions);
    }

    [Theory]
    [InlineData(TokenKind.Jwt)]
    [InlineData(TokenKind.Opaque)]
    public async Task As_a_session_it_opens_one_without_tokens_that_is_listed_and_ends_like_any_other(TokenKind kind)
    {
        using var room = new TokenRoom(configure: options => options.Tokens.Kind = kind);
        IssuedToken other = await room.SignInAsync();

        HandedOver made = await IssueAsync(room, Handover.Session, TokenRoom.Login with { ProviderSessionId = "p-1", UserAgent = new string('a', 1000) });

        Assert.Equal((null, null), (made.Token, made.Code));
        Session session = (await room.Sessions.FindAsync(made.SessionId!, CancellationToken.None)).Value!.Session;
        Assert.Equal(("acme", "acme-1", "p-1", "203.0.113.7"), (session.Provider, session.Subject, session.ProviderSessionId, session.Address));
        Assert.Equal((256, room.Time.GetUtcNow() + new TokenOptions().SessionLifetime), (session.UserAgent?.Length, session.ExpiresAt));
        Assert.Equal(2, (await room.Sessions.ListAsync(TokenRoom.Ada.User, CancellationToken.None)).Count);

        Assert.True((await room.Sessions.EndAsync(TokenRoom.Ada.User, session.Id, CancellationToken.None)).IsSuccess);
        Assert.Equal("session_ended", (await room.Sessions.FindAsync(session.Id, CancellationToken.None)).Error?.Reason);
        Assert.True(await room.TakesBearerAsync(other.AccessToken));
    }

    [Theory]
    [InlineData("everywhere", "session_ended")]
    [InlineData("deleted", "session_unknown")]
    [InlineData("disabled", "account_disabled")]
    [InlineData("expired", "session_expired")]
    public async Task A_session_without_tokens_is_no_longer_good_once(string what, string reason)
    {
        using var room = new TokenRoom();
        HandedOver made = await IssueAsync(room, Handover.Session);
        await (what switch
        {
            "everywhere" => room.Sessions.EndAllAsync(TokenRoom.Ada.User, CancellationToken.None),
            "deleted" => room.DeleteAsync(),
            "disabled" => room.DisableAsync(),
            _ => Task.CompletedTask,
        });
        room.Time.Advance(what == "expired" ? new TokenOptions().SessionLifetime : TimeSpan.Zero);

        Assert.Equal(reason, (await room.Sessions.FindAsync(made.SessionId!, CancellationToken.None)).Error?.Reason);
    }

    private static async Task<HandedOver> IssueAsync(TokenRoom room, Handover handover, SignInContext? login = null)
    {
        HandedOver? made = null;
        await room.Handovers.PrepareAsync(handover, CancellationToken.None);
        await room.ChangeAsync(async transaction =>
        {
            await TokenRoom.EnsureUserAsync(TokenRoom.Ada, transaction);
            made = await room.Handovers.IssueAsync(handover, TokenRoom.Ada, login ?? TokenRoom.Login, transaction, CancellationToken.None);
        });
        return made!;
    }
}
