using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class TokenRevocationTests
{
    [Theory]
    [InlineData("access token")]
    [InlineData("refresh token")]
    [InlineData("spent refresh token")]
    [InlineData("API token")]
    public async Task Any_token_of_a_session_ends_it_and_no_other(string what)
    {
        using var room = new TokenRoom(configure: options => options.Tokens.Kind = what == "API token" ? TokenKind.Opaque : TokenKind.Jwt);
        IssuedToken others = await room.SignInAsync(new Account { User = new UserRef("u-bob"), CreatedAt = TokenRoom.Start });
        IssuedToken token = await room.SignInAsync();
        if (what == "spent refresh token")
        {
            await room.NextAsync(await room.NextAsync(token.RefreshToken!));
        }

        RevokedToken revoked = await RevokeAsync(room, what.EndsWith("refresh token", StringComparison.Ordinal) ? token.RefreshToken! : token.AccessToken);

        Assert.Equal(("u-ada", token.SessionId), (revoked.UserId, revoked.SessionId));
        Assert.Equal(token.SessionId, Assert.Single(room.Store.Sessions, static session => session.EndedAt is not null).Id);
        Assert.Null(await room.Inspection.InspectAsync(token.AccessToken, CancellationToken.None));
        Assert.NotNull(await room.Inspection.InspectAsync(others.AccessToken, CancellationToken.None));
    }

    [Fact]
    public async Task A_second_time_there_is_nothing_to_end()
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync();
        await RevokeAsync(room, token.RefreshToken!);

        Assert.Equal(RevokedToken.None, await RevokeAsync(room, token.RefreshToken!));
        Assert.Equal(RevokedToken.None, await RevokeAsync(room, token.AccessToken));
    }

    [Theory]
    // owner: the client that opened the session
    [InlineData(null, null, true)]
    [InlineData(null, "shop", true)]
    [InlineData("shop", "shop", true)]
    [InlineData("shop", null, false)]
    [InlineData("shop", "other", false)]
    public async Task A_session_of_another_client_is_left_alone(string? owner, string? client, bool ends)
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync(login: TokenRoom.Login with { ClientId = owner });

        foreach (string text in (string[])[token.AccessToken, token.RefreshToken!])
        {
            await RevokeAsync(room, text, client);
        }

        Assert.Equal(ends, Assert.Single(room.Store.Sessions).EndedAt is not null);
    }

    [Theory]
    [MemberData(nameof(AccessTokenValidatorTests.Forgeries), MemberType = typeof(AccessTokenValidatorTests))]
    public async Task A_forged_token_ends_nothing(string forgery)
    {
        using var room = new TokenRoom();
        await room.SignInAsync();
        SigningKey key = (await room.Ring.GetAsync(CancellationToken.None)).Signing(TokenRoom.Start);

        Assert.Equal(RevokedToken.None, await RevokeAsync(room, AccessTokenValidatorTests.Forge(key, forgery)));

        Assert.Null(Assert.Single(room.Store.Sessions).EndedAt);
    }

    [Fact]
    public async Task An_expired_access_token_ends_nothing()
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync();
        room.Time.Advance(TimeSpan.FromMinutes(16));

        Assert.Equal(RevokedToken.None, await RevokeAsync(room, token.AccessToken));

        await room.NextAsync(token.RefreshToken!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("cambio_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_is_no_token_ends_nothing(string text)
    {
        using var room = new TokenRoom();

        Assert.Equal(RevokedToken.None, await RevokeAsync(room, text));
    }

    [Fact]
    public async Task An_outage_of_the_store_is_not_taken_for_an_unknown_token()
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync();
        room.Desk.IsClosed = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => RevokeAsync(room, token.RefreshToken!));
    }

    private static async Task<RevokedToken> RevokeAsync(TokenRoom room, string token, string? clientId = null) =>
        (await room.Revocation.RevokeAsync(token, clientId, CancellationToken.None)).Value!;
}
