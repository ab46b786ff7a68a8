using System.Text;
using Cambio.Storage;
using Cambio.Testing;
using Cambio.Tokens;
using Microsoft.AspNetCore.DataProtection;

namespace Cambio.Tests.Tokens;

public sealed class OpaqueTokenIssuerTests
{
    private static Account Bob { get; } = new() { User = new UserRef("u-bob"), CreatedAt = TokenRoom.Start };

    [Fact]
    public async Task A_user_gets_the_same_token_at_every_sign_in()
    {
        using TokenRoom room = Room();
        IssuedToken first = await room.SignInAsync();
        room.Time.Advance(TimeSpan.FromDays(700));

        IssuedToken second = await room.SignInAsync(login: TokenRoom.Login with { Provider = "other", Subject = "o-1" });

        Assert.Matches("^cambio_[A-Za-z0-9_-]{43}$", first.AccessToken);
        Assert.Equal(first, second);
        Assert.Null(first.ExpiresIn);
        Assert.Null(first.RefreshToken);
        Session session = Assert.Single(room.Store.Sessions);
        Assert.Equal((TokenRoom.Start, room.Time.GetUtcNow()), (session.CreatedAt, session.LastUsedAt));
        Assert.True(await room.TakesBearerAsync(first.AccessToken));
    }

    [Fact]
    public async Task Every_user_has_a_token_of_its_own()
    {
        using TokenRoom room = Room();

        Assert.NotEqual((await room.SignInAsync()).AccessToken, (await room.SignInAsync(Bob)).AccessToken);
    }

    [Fact]
    public async Task Parallel_first_sign_ins_end_with_one_token()
    {
        using TokenRoom room = Room();

        IssuedToken[] tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => room.SignInAsync())));

        Assert.Single(tokens.Distinct());
        Assert.Single(room.Store.Sessions);
    }

    [Fact]
    public async Task An_ended_session_takes_the_token_with_it_and_the_next_sign_in_makes_another()
    {
        using TokenRoom room = Room();
        IssuedToken first = await room.SignInAsync();
        await room.EndAsync(first);

        IssuedToken second = await room.SignInAsync();

        Assert.NotEqual(first.AccessToken, second.AccessToken);
        Assert.False(await room.TakesBearerAsync(first.AccessToken));
        Assert.True(await room.TakesBearerAsync(second.AccessToken));
    }

    [Fact]
    public async Task The_store_never_has_the_token_in_clear_and_no_log_has_it()
    {
        using TokenRoom room = Room();

        IssuedToken token = await room.SignInAsync();

        ProtectedApiToken kept = Assert.Single(room.Store.State.ApiTokens.Values);
        Assert.Equal(TokenSecret.HashOf(token.AccessToken), kept.Hash);
        Assert.DoesNotContain(token.AccessToken["cambio_".Length..], Encoding.Latin1.GetString(kept.Payload), StringComparison.Ordinal);
        Assert.DoesNotContain(token.AccessToken, token.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(room.Logs.All, line => line.Text.Contains(token.AccessToken, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_can_no_longer_be_decrypted_is_replaced_and_ends()
    {
        using TokenRoom before = Room();
        IssuedToken lost = await before.SignInAsync();
        using TokenRoom after = Room(before.Store);

        IssuedToken made = await after.SignInAsync();

        Assert.NotEqual(lost.AccessToken, made.AccessToken);
        Assert.False(await after.TakesBearerAsync(lost.AccessToken));
        Assert.True(await after.TakesBearerAsync(made.AccessToken));
        Assert.Equal(1, after.Logs.Count(3006));
        Assert.Equal(made, await after.SignInAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sealed_token_that_was_moved_to_another_row_gives_nobody_anothers_token(bool withItsHash)
    {
        using TokenRoom room = Room();
        IssuedToken bobs = await room.SignInAsync(Bob);
        ProtectedApiToken victim = Assert.Single(room.Store.State.ApiTokens.Values);
        byte[] hash = withItsHash ? victim.Hash : TokenSecret.HashOf("mine");
        var session = new Session
        {
            Id = "s",
            User = TokenRoom.Ada.User,
            Provider = "acme",
            CreatedAt = TokenRoom.Start,
            LastUsedAt = TokenRoom.Start,
            ExpiresAt = OpaqueTokenIssuer.Never,
        };
        await room.Revocation.RevokeAsync(bobs.AccessToken, null, CancellationToken.None);
        await room.ChangeAsync(async transaction =>
        {
            await TokenRoom.EnsureUserAsync(TokenRoom.Ada, transaction);
            await transaction.Sessions.AddAsync(session, new ProtectedApiToken(hash, session.User, session.Id, victim.Payload), CancellationToken.None);
        });

        Assert.NotEqual(bobs.AccessToken, (await room.SignInAsync()).AccessToken);
    }

    [Fact]
    public async Task The_token_is_the_users_whichever_client_asked_first()
    {
        using TokenRoom room = Room();
        IssuedToken token = await room.SignInAsync(login: TokenRoom.Login with { ClientId = "shop" });

        Assert.Equal(token, await room.SignInAsync());
        Assert.Null(Assert.Single(room.Store.Sessions).ClientId);
    }

    [Fact]
    public void Its_session_ends_in_a_time_that_every_store_can_hold() =>
        Assert.Equal(OpaqueTokenIssuer.Never, DateTimeOffset.FromUnixTimeMilliseconds(OpaqueTokenIssuer.Never.ToUnixTimeMilliseconds()));

    private static TokenRoom Room(InMemoryStore? store = null) =>
        new(store: store, protection: new EphemeralDataProtectionProvider(), configure: static options => options.Tokens.Kind = TokenKind.Opaque);
}
