using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.DataProtection;

namespace Cambio.Tests.Tokens;

public sealed class TokenInspectionTests
{
    [Fact]
    public async Task Tells_of_an_access_token_what_it_says()
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync();
        room.Time.Advance(TimeSpan.FromMinutes(1));

        ActiveToken? active = await InspectAsync(room, token.AccessToken);

        Assert.NotNull(active);
        Assert.Equal(("access_token", token.SessionId, "u-ada"), (active.Kind, active.Session.Id, active.Account.User.Id));
        Assert.Equal((TokenRoom.Start, TokenRoom.Start.AddMinutes(15)), (active.IssuedAt, active.ExpiresAt));
        Assert.Equal(TokenRoom.Part(token.AccessToken, 1).GetProperty("jti").GetString(), active.Id);
    }

    [Fact]
    public async Task Tells_of_a_refresh_token_when_it_ends_and_does_not_use_it()
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync();

        ActiveToken? active = await InspectAsync(room, token.RefreshToken!);

        Assert.Equal(("refresh_token", TokenRoom.Start, TokenRoom.Start.AddDays(30)), (active!.Kind, active.IssuedAt, active.ExpiresAt));
        Assert.Null(active.Id);
        await room.NextAsync(token.RefreshToken!);
    }

    [Fact]
    public async Task Tells_of_an_API_token_that_it_does_not_expire()
    {
        using var room = new TokenRoom(configure: static options => options.Tokens.Kind = TokenKind.Opaque);
        IssuedToken token = await room.SignInAsync();
        room.Time.Advance(TimeSpan.FromDays(4000));

        ActiveToken? active = await InspectAsync(room, token.AccessToken);

        Assert.Equal(("access_token", TokenRoom.Start, null), (active!.Kind, active.IssuedAt, active.ExpiresAt));
    }

    [Theory]
    [InlineData("nothing", true, true)]
    [InlineData("access token expired", false, true)]
    [InlineData("refresh token expired", false, false)]
    [InlineData("session expired", false, false)]
    [InlineData("session ended", false, false)]
    [InlineData("user disabled", false, false)]
    [InlineData("user deleted", false, false)]
    [InlineData("refreshed", true, false)]
    public async Task What_is_active(string after, bool accessToken, bool refreshToken)
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync();
        await (after switch
        {
            "session ended" => room.EndAsync(token),
            "user disabled" => room.DisableAsync(),
            "user deleted" => room.DeleteAsync(),
            "refreshed" => room.NextAsync(token.RefreshToken!),
            _ => Task.CompletedTask,
        });
        room.Time.Advance(after switch
        {
            // A bearer is taken for ten seconds more, for clocks that differ; here the word is of now.
            "access token expired" => TimeSpan.FromMinutes(15),
            "refresh token expired" => TimeSpan.FromDays(30),
            "session expired" => TimeSpan.FromDays(90),
            _ => TimeSpan.Zero,
        });

        Assert.Equal(accessToken, await InspectAsync(room, token.AccessToken) is not null);
        Assert.Equal(refreshToken, await InspectAsync(room, token.RefreshToken!) is not null);
    }

    [Theory]
    [InlineData(TokenKind.Jwt, TokenKind.Opaque, true, false)]
    [InlineData(TokenKind.Opaque, TokenKind.Jwt, false, false)]
    public async Task After_a_change_of_kind_what_bearers_can_do_is_what_is_active(TokenKind made, TokenKind now, bool accessToken, bool refreshToken)
    {
        var protection = new EphemeralDataProtectionProvider();
        using var before = new TokenRoom(protection: protection, configure: options => options.Tokens.Kind = made);
        using var after = new TokenRoom(store: before.Store, protection: protection, configure: options => options.Tokens.Kind = now);
        IssuedToken token = await before.SignInAsync();

        Assert.Equal(accessToken, await InspectAsync(after, token.AccessToken) is not null);
        Assert.Equal(refreshToken, await InspectAsync(after, token.RefreshToken ?? "") is not null);
    }

    [Theory]
    [MemberData(nameof(AccessTokenValidatorTests.Forgeries), MemberType = typeof(AccessTokenValidatorTests))]
    public async Task A_forged_access_token_is_not_active(string forgery)
    {
        using var room = new TokenRoom();
        SigningKey key = (await room.Ring.GetAsync(CancellationToken.None)).Signing(TokenRoom.Start);

        Assert.Null(await InspectAsync(room, AccessTokenValidatorTests.Forge(key, forgery)));
    }

    [Fact]
    public async Task A_token_of_ours_that_names_no_session_or_anothers_is_not_active()
    {
        using var room = new TokenRoom();
        await room.SignInAsync();
        SigningKey key = (await room.Ring.GetAsync(CancellationToken.None)).Signing(TokenRoom.Start);
        Session session = Assert.Single(room.Store.Sessions);
        Account eve = TokenRoom.Ada with { User = new UserRef("u-eve") };

        Assert.Null(await InspectAsync(room, AccessTokenValidatorTests.Forge(key, "nothing")));
        Assert.Null(await InspectAsync(room, room.Writer.Write(key, eve, session, TokenRoom.Start).Text));
        Assert.NotNull(await InspectAsync(room, room.Writer.Write(key, TokenRoom.Ada, session, TokenRoom.Start).Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("cambio_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_is_no_token_is_not_active(string text)
    {
        using var room = new TokenRoom();

        Assert.Null(await InspectAsync(room, text));
    }

    [Fact]
    public async Task An_outage_of_the_store_is_no_answer()
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync();
        room.Desk.IsClosed = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => InspectAsync(room, token.AccessToken));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => InspectAsync(room, token.RefreshToken!));
    }

    private static Task<ActiveToken?> InspectAsync(TokenRoom room, string token) => room.Inspection.InspectAsync(token, CancellationToken.None);
}
