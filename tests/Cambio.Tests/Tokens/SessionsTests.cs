using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class SessionsTests
{
    private static readonly UserRef Ada = TokenRoom.Ada.User;

    private static Account Bob { get; } = new() { User = new UserRef("u-bob"), CreatedAt = TokenRoom.Start };

    [Fact]
    public async Task Finds_a_session_with_its_user()
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync();

        Result<SessionLookup> found = await FindAsync(room, token);

        Assert.True(found.IsSuccess);
        Assert.Equal(token.SessionId, found.Value.Session.Id);
        Assert.Equal(TokenRoom.Ada, found.Value.Account);
    }

    [Theory]
    [InlineData("ended", "session_ended")]
    [InlineData("expired", "session_expired")]
    [InlineData("disabled", "account_disabled")]
    [InlineData("deleted", "session_unknown")]
    public async Task Refuses_a_session_that_is_no_longer_good(string what, string reason)
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync();
        await (what switch
        {
            "ended" => room.EndAsync(token),
            "disabled" => room.DisableAsync(),
            "deleted" => room.DeleteAsync(),
            _ => Task.CompletedTask,
        });
        room.Time.Advance(what == "expired" ? TimeSpan.FromDays(90) : TimeSpan.Zero);

        Result<SessionLookup> found = await FindAsync(room, token);

        Assert.Equal((ErrorCodes.InvalidToken, reason), (found.Error?.Code, found.Error?.Reason));
    }

    [Fact]
    public async Task Ends_one_session_of_the_user_and_no_other()
    {
        using var room = new TokenRoom();
        IssuedToken one = await room.SignInAsync();
        IssuedToken other = await room.SignInAsync();

        Assert.True((await room.EndAsync(one)).IsSuccess);

        Assert.Equal([other.SessionId], (await room.Sessions.ListAsync(Ada, CancellationToken.None)).Select(static session => session.Id));
        Assert.Equal("refresh_token_unknown", await room.RefusalAsync(one.RefreshToken!));
        await room.NextAsync(other.RefreshToken!);
    }

    [Fact]
    public async Task A_session_of_somebody_else_an_unknown_one_and_an_ended_one_are_not_found()
    {
        using var room = new TokenRoom();
        IssuedToken own = await room.SignInAsync();
        IssuedToken others = await room.SignInAsync(Bob);
        await room.EndAsync(own);

        foreach (string id in (string[])[others.SessionId, "nobody's", "", own.SessionId])
        {
            Assert.Equal(ErrorCodes.NotFound, (await room.Sessions.EndAsync(Ada, id, CancellationToken.None)).Error?.Code);
        }

        await room.NextAsync(others.RefreshToken!);
    }

    [Fact]
    public async Task Ends_all_sessions_of_the_user()
    {
        using var room = new TokenRoom();
        await room.SignInAsync();
        await room.EndAsync(await room.SignInAsync());
        await room.SignInAsync();
        IssuedToken others = await room.SignInAsync(Bob);

        Assert.Equal(2, (await room.Sessions.EndAllAsync(Ada, CancellationToken.None)).Value);

        Assert.Empty(await room.Sessions.ListAsync(Ada, CancellationToken.None));
        await room.NextAsync(others.RefreshToken!);
    }

    private static Task<Result<SessionLookup>> FindAsync(TokenRoom room, IssuedToken token) => room.Sessions.FindAsync(token.SessionId, CancellationToken.None);
}
