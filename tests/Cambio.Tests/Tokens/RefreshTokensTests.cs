using System.Text.Json;
using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class RefreshTokensTests
{
    [Fact]
    public async Task Trades_a_token_for_new_ones_of_the_same_session()
    {
        using var room = new TokenRoom();
        IssuedToken first = await room.SignInAsync();
        room.Time.Advance(TimeSpan.FromMinutes(20));

        Result<TokenGrant> result = await room.RefreshAsync(first.RefreshToken!);

        Assert.True(result.IsSuccess);
        IssuedToken second = result.Value.Token;
        Assert.NotEqual(first.RefreshToken, second.RefreshToken);
        Assert.Equal(first.SessionId, second.SessionId);
        Assert.True((await room.ValidateAsync(second.AccessToken)).IsValid);
        JsonElement before = TokenRoom.Part(first.AccessToken, 1);
        JsonElement after = TokenRoom.Part(second.AccessToken, 1);
        Assert.Equal(before.GetProperty("auth_time").GetInt64(), after.GetProperty("auth_time").GetInt64());
        Assert.Equal(before.GetProperty("iat").GetInt64() + 1200, after.GetProperty("iat").GetInt64());
        Assert.Equal(before.GetProperty("sid").GetString(), after.GetProperty("sid").GetString());
        Assert.NotEqual(before.GetProperty("jti").GetString(), after.GetProperty("jti").GetString());
        Assert.Equal(room.Time.GetUtcNow(), Assert.Single(room.Store.Sessions).LastUsedAt);
    }

    [Fact]
    public async Task The_new_access_token_shows_the_profile_of_now()
    {
        using var room = new TokenRoom();
        IssuedToken first = await room.SignInAsync();
        await room.ChangeAsync(transaction => transaction.Accounts.UpdateUserAsync(TokenRoom.Ada with { Name = "Ada King" }, CancellationToken.None));

        Result<TokenGrant> result = await room.RefreshAsync(first.RefreshToken!);

        Assert.Equal("Ada King", TokenRoom.Part(result.Value!.Token.AccessToken, 1).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_client_that_lost_the_answer_may_ask_once_more_within_ten_seconds()
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync()).RefreshToken!;
        await room.NextAsync(first);
        room.Time.Advance(TimeSpan.FromSeconds(10));

        string second = await room.NextAsync(first);

        Assert.Null(Assert.Single(room.Store.Sessions).EndedAt);
        await room.NextAsync(second);
    }

    [Fact]
    public async Task A_second_retry_ends_the_session()
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync()).RefreshToken!;
        await room.NextAsync(first);
        string second = await room.NextAsync(first);

        Assert.Equal("refresh_token_reused", await room.RefusalAsync(first));

        await AssertEndedAsync(room, second);
    }

    [Fact]
    public async Task Reuse_after_the_leeway_ends_the_session_and_every_token_of_it()
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync()).RefreshToken!;
        string other = (await room.SignInAsync()).RefreshToken!;
        string second = await room.NextAsync(first);
        string sibling = await room.NextAsync(first);
        room.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal("refresh_token_reused", await room.RefusalAsync(first));

        Assert.Equal(room.Time.GetUtcNow(), room.Store.Sessions.Single(static session => session.EndedAt is not null).EndedAt);
        Assert.NotEqual("", await room.RefusalAsync(second));
        Assert.NotEqual("", await room.RefusalAsync(sibling));
        await room.NextAsync(other);
        Assert.Equal(1, room.Logs.Count(3004));
    }

    [Fact]
    public async Task A_retry_after_the_successor_was_used_ends_the_session()
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync()).RefreshToken!;
        string third = await room.NextAsync(await room.NextAsync(first));

        Assert.Equal("refresh_token_reused", await room.RefusalAsync(first));

        await AssertEndedAsync(room, third);
    }

    [Fact]
    public async Task Of_two_successors_only_one_goes_on()
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync()).RefreshToken!;
        string lost = await room.NextAsync(first);
        string kept = await room.NextAsync(first);
        await room.NextAsync(kept);

        Assert.Equal("refresh_token_reused", await room.RefusalAsync(lost));

        Assert.NotNull(Assert.Single(room.Store.Sessions).EndedAt);
    }

    [Fact]
    public async Task Parallel_uses_are_one_rotation_one_retry_and_then_the_end()
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync()).RefreshToken!;

        Result<TokenGrant>[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => room.RefreshAsync(first))));

        Assert.Equal(2, results.Count(static result => result.IsSuccess));
        Assert.All(results.Where(static result => !result.IsSuccess), static result => Assert.Equal(ErrorCodes.InvalidGrant, result.Error!.Code));
        Assert.NotNull(Assert.Single(room.Store.Sessions).EndedAt);
    }

    [Fact]
    public async Task Two_parallel_uses_leave_the_session_alive()
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync()).RefreshToken!;

        string[] next = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => room.NextAsync(first))));

        Assert.NotEqual(next[0], next[1]);
        Assert.Null(Assert.Single(room.Store.Sessions).EndedAt);
    }

    [Fact]
    public async Task An_unused_token_expires_after_its_lifetime()
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync()).RefreshToken!;
        room.Time.Advance(TimeSpan.FromDays(30));

        Assert.Equal("refresh_token_expired", await room.RefusalAsync(first));
    }

    [Fact]
    public async Task A_session_that_is_refreshed_often_ends_all_the_same()
    {
        using var room = new TokenRoom();
        string token = (await room.SignInAsync()).RefreshToken!;
        for (int i = 0; i < 3; i++)
        {
            room.Time.Advance(TimeSpan.FromDays(29));
            token = await room.NextAsync(token);
        }

        room.Time.Advance(TimeSpan.FromDays(3));

        Assert.Equal("session_expired", await room.RefusalAsync(token));
    }

    [Fact]
    public async Task A_disabled_account_gets_nothing_until_it_is_enabled_again()
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync()).RefreshToken!;
        await room.DisableAsync();
        Assert.Equal("account_disabled", await room.RefusalAsync(first));

        await room.DisableAsync(false);

        await room.NextAsync(first);
    }

    [Fact]
    public async Task An_ended_session_gives_nothing_more()
    {
        using var room = new TokenRoom();
        IssuedToken token = await room.SignInAsync();
        await room.ChangeAsync(transaction => transaction.Sessions.EndAsync(new SessionFilter { Id = token.SessionId }, room.Time.GetUtcNow(), CancellationToken.None));

        Assert.Contains(await room.RefusalAsync(token.RefreshToken!), (string[])["session_ended", "refresh_token_unknown"]);
    }

    [Theory]
    [InlineData(null, "shop")]
    [InlineData("shop", null)]
    [InlineData("shop", "other")]
    [InlineData("shop", "Shop")]
    public async Task Another_client_neither_uses_nor_ends_a_token(string? owner, string? other)
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync(login: TokenRoom.Login with { ClientId = owner })).RefreshToken!;
        Assert.Equal("refresh_token_of_another_client", await room.RefusalAsync(first, other));

        Result<TokenGrant> second = await room.RefreshAsync(first, owner);
        Assert.True(second.IsSuccess);
        Result<TokenGrant> third = await room.RefreshAsync(second.Value.Token.RefreshToken!, owner);
        Assert.True(third.IsSuccess);

        // Not even a spent one, with which its own client would end the session.
        Assert.Equal("refresh_token_of_another_client", await room.RefusalAsync(first, other));
        Assert.Null(Assert.Single(room.Store.Sessions).EndedAt);
        Assert.Equal("refresh_token_reused", await room.RefusalAsync(first, owner));
    }

    [Fact]
    public async Task A_deleted_user_gets_nothing_more()
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync()).RefreshToken!;
        await room.DeleteAsync();

        Assert.Equal("refresh_token_unknown", await room.RefusalAsync(first));
    }

    [Fact]
    public async Task Where_API_tokens_are_in_use_a_refresh_token_of_before_gives_nothing()
    {
        using var before = new TokenRoom();
        string first = (await before.SignInAsync()).RefreshToken!;
        using var after = new TokenRoom(store: before.Store, configure: static options => options.Tokens.Kind = TokenKind.Opaque);

        Assert.Equal("refresh_tokens_not_in_use", await after.RefusalAsync(first));

        await before.NextAsync(first);
    }

    [Fact]
    public async Task Only_the_exact_text_of_a_token_is_the_token()
    {
        using var room = new TokenRoom();
        string token = (await room.SignInAsync()).RefreshToken!;

        // The last character carries two bits that no byte needs.
        string sameBits = token[..^1] + "AEIMQUYcgkosw048".Select(static c => (char)(c + 1)).First(c => !token.EndsWith(c));
        string[] others = ["", "x", token[..^1], token + "A", token + "=", " " + token, token.ToUpperInvariant(), sameBits, "' OR 1=1 --", new string('a', 43), new string('a', 100_000)];
        foreach (string other in others)
        {
            Assert.Equal("refresh_token_unknown", await room.RefusalAsync(other));
        }

        await room.NextAsync(token);
    }

    [Fact]
    public async Task No_log_line_holds_a_token()
    {
        using var room = new TokenRoom();
        string first = (await room.SignInAsync()).RefreshToken!;
        string second = await room.NextAsync(await room.NextAsync(first));
        await room.RefusalAsync(first);

        Assert.NotEmpty(room.Logs.All);
        Assert.DoesNotContain(room.Logs.All, line => line.Text.Contains(first, StringComparison.Ordinal) || line.Text.Contains(second, StringComparison.Ordinal));
    }

    private static async Task AssertEndedAsync(TokenRoom room, string successor)
    {
        Assert.NotNull(Assert.Single(room.Store.Sessions).EndedAt);
        Assert.NotEqual("", await room.RefusalAsync(successor));
    }
}
