using System.Text;
using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

/// <summary>RED-038: single use, short and bound; a replay of a redeemed code ends the session that it opened.</summary>
public sealed class AuthorizationCodesTests
{
    private const string Uri = "https://app.example.com/back";
    private static readonly string Verifier = new('v', 64);

    [Fact]
    public async Task A_code_is_traded_for_tokens_of_a_new_session_that_knows_the_sign_in()
    {
        using var room = new TokenRoom();
        string code = await IssueAsync(room, TokenRoom.Login with { ProviderSessionId = "p-1", UserAgent = new string('a', 1000) });
        Assert.Empty(room.Store.Sessions);
        room.Time.Advance(TimeSpan.FromSeconds(59));

        Result<TokenGrant> result = await RedeemAsync(room, code);

        Assert.True(result.IsSuccess, result.Error?.Reason);
        Assert.Equal(TokenRoom.Ada.User, result.Value.Account.User);
        Assert.True(await room.TakesBearerAsync(result.Value.Token.AccessToken));
        await room.NextAsync(result.Value.Token.RefreshToken!);
        Session session = Assert.Single(room.Store.Sessions);
        Assert.Equal(result.Value.Token.SessionId, session.Id);
        Assert.Equal(("acme", "acme-1", "p-1", "203.0.113.7"), (session.Provider, session.Subject, session.ProviderSessionId, session.Address));
        Assert.Equal(256, session.UserAgent!.Length);
        Assert.Null(session.ClientId);
    }

    [Fact]
    public async Task A_code_is_unguessable_and_the_store_has_its_hash_alone()
    {
        using var room = new TokenRoom();

        string code = await IssueAsync(room);

        Assert.Matches("^[A-Za-z0-9_-]{43}$", code);
        OneTimeCode kept = Assert.Single(room.Store.State.Codes.Values);
        Assert.Equal(TokenSecret.HashOf(code), kept.Hash);
        Assert.DoesNotContain(code, Encoding.UTF8.GetString(kept.Payload), StringComparison.Ordinal);
        Assert.Equal(room.Time.GetUtcNow().AddSeconds(60), kept.ExpiresAt);
        Assert.NotEqual(code, await IssueAsync(room));
    }

    [Fact]
    public async Task A_second_use_ends_the_session_of_the_first_and_leaves_a_log_line()
    {
        using var room = new TokenRoom();
        IssuedToken before = await room.SignInAsync();
        string code = await IssueAsync(room);
        IssuedToken first = (await RedeemAsync(room, code)).Value!.Token;

        Assert.Equal("code_reused", TokenRoom.Refusal(await RedeemAsync(room, code)));

        Assert.Equal(first.SessionId, Assert.Single(room.Store.Sessions, static session => session.EndedAt is not null).Id);
        Assert.Equal("refresh_token_unknown", await room.RefusalAsync(first.RefreshToken!));
        await room.NextAsync(before.RefreshToken!);
        Assert.Equal(1, room.Logs.Count(3005));
        Assert.DoesNotContain(room.Logs.All, line => line.Text.Contains(code, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("wrong verifier", "code_verifier_mismatch")]
    [InlineData("short verifier", "code_verifier_mismatch")]
    [InlineData("challenge as verifier", "code_verifier_mismatch")]
    [InlineData("redirect uri", "redirect_uri_mismatch")]
    [InlineData("no client", "code_of_another_client")]
    [InlineData("other client", "code_of_another_client")]
    [InlineData("provider", "provider_not_allowed_for_client")]
    [InlineData("expired", "code_expired")]
    [InlineData("disabled", "account_disabled")]
    [InlineData("deleted", "login_gone")]
    public async Task A_refused_use_spends_the_code_too(string mistake, string reason)
    {
        using var room = new TokenRoom();
        string code = await IssueAsync(room, TokenRoom.Login with { ClientId = "shop" });
        room.Time.Advance(mistake == "expired" ? TimeSpan.FromSeconds(60) : TimeSpan.Zero);
        await (mistake switch
        {
            "disabled" => room.DisableAsync(),
            "deleted" => room.DeleteAsync(),
            _ => Task.CompletedTask,
        });
        string verifier = mistake switch
        {
            "wrong verifier" => new string('w', 64),
            "short verifier" => "v",
            "challenge as verifier" => Pkce.Challenge(Verifier),
            _ => Verifier,
        };
        string? client = mistake switch { "no client" => null, "other client" => "other", _ => "shop" };

        var use = new CodeUse(verifier, mistake == "redirect uri" ? Uri + "?" : Uri, client, provider => mistake != "provider" && provider == "acme");

        Result<TokenGrant> refused = await room.Codes.RedeemAsync(code, use, CancellationToken.None);

        Assert.Equal(reason, TokenRoom.Refusal(refused));
        Assert.Equal("code_reused", TokenRoom.Refusal(await RedeemAsync(room, code, client: "shop")));
        Assert.Empty(room.Store.Sessions);
    }

    [Fact]
    public async Task Of_parallel_uses_one_opens_the_session_and_the_others_end_it()
    {
        using var room = new TokenRoom();
        string code = await IssueAsync(room);

        Result<TokenGrant>[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => RedeemAsync(room, code))));

        Assert.Single(results, static result => result.IsSuccess);
        Assert.NotNull(Assert.Single(room.Store.Sessions).EndedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("' OR 1=1 --")]
    public async Task What_is_no_code_is_refused_and_so_is_a_refresh_token(string text)
    {
        using var room = new TokenRoom();
        string refreshToken = (await room.SignInAsync()).RefreshToken!;

        Assert.Equal("code_unknown", TokenRoom.Refusal(await RedeemAsync(room, text)));
        Assert.Equal("code_unknown", TokenRoom.Refusal(await RedeemAsync(room, refreshToken)));
        await room.NextAsync(refreshToken);
    }

    [Fact]
    public async Task A_code_of_another_purpose_is_none_and_is_not_spent()
    {
        using var room = new TokenRoom();
        TokenSecret secret = TokenSecret.New();
        await room.ChangeAsync(transaction => transaction.Codes.AddAsync(
            new OneTimeCode(secret.Hash, "ticket", [], TokenRoom.Start.AddMinutes(1)), CancellationToken.None));

        Assert.Equal("code_unknown", TokenRoom.Refusal(await RedeemAsync(room, secret.Text)));

        Assert.Null(Assert.Single(room.Store.State.Codes.Values).SpentAt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("shop")]
    public async Task A_confidential_client_that_redeems_a_code_owns_the_session(string? owner)
    {
        using var room = new TokenRoom();
        string code = await IssueAsync(room, TokenRoom.Login with { ClientId = owner });

        IssuedToken token = (await RedeemAsync(room, code, client: "shop")).Value!.Token;

        Assert.Equal("refresh_token_of_another_client", await room.RefusalAsync(token.RefreshToken!));
        Assert.True((await room.RefreshAsync(token.RefreshToken!, "shop")).IsSuccess);
    }

    [Fact]
    public async Task Where_API_tokens_are_in_use_a_code_gives_the_users_own()
    {
        using var room = new TokenRoom(configure: static options => options.Tokens.Kind = TokenKind.Opaque);
        IssuedToken kept = await room.SignInAsync();
        string code = await IssueAsync(room);

        Assert.Equal(kept, (await RedeemAsync(room, code)).Value!.Token);

        // Whoever was first may have been the thief, who has the token now.
        Assert.Equal("code_reused", TokenRoom.Refusal(await RedeemAsync(room, code)));
        Assert.False(await room.TakesBearerAsync(kept.AccessToken));
        Assert.Contains(room.Logs.All, line => line.Text.Contains(kept.SessionId, StringComparison.Ordinal));

        // The code has no more to do with the token that comes next.
        IssuedToken next = await room.SignInAsync();
        Assert.Equal("code_reused", TokenRoom.Refusal(await RedeemAsync(room, code)));
        Assert.True(await room.TakesBearerAsync(next.AccessToken));
    }

    [Fact]
    public async Task An_API_token_that_a_code_opened_ends_with_its_second_use_too()
    {
        using var room = new TokenRoom(configure: static options => options.Tokens.Kind = TokenKind.Opaque);
        string code = await IssueAsync(room);
        IssuedToken token = (await RedeemAsync(room, code)).Value!.Token;

        Assert.Equal("code_reused", TokenRoom.Refusal(await RedeemAsync(room, code)));

        Assert.False(await room.TakesBearerAsync(token.AccessToken));
    }

    [Fact]
    public async Task A_code_that_gave_nothing_ends_no_API_token_however_often_it_comes()
    {
        using var room = new TokenRoom(configure: static options => options.Tokens.Kind = TokenKind.Opaque);
        IssuedToken kept = await room.SignInAsync();
        string code = await IssueAsync(room);

        Assert.Equal("code_verifier_mismatch", TokenRoom.Refusal(await RedeemAsync(room, code, new string('w', 64))));
        Assert.Equal("code_reused", TokenRoom.Refusal(await RedeemAsync(room, code)));

        Assert.True(await room.TakesBearerAsync(kept.AccessToken));
    }

    [Fact]
    public async Task A_code_of_a_login_that_was_unlinked_is_refused()
    {
        using var room = new TokenRoom();
        string code = await IssueAsync(room);
        await room.ChangeAsync(transaction => transaction.Accounts.RemoveLoginAsync(TokenRoom.Login.Provider, TokenRoom.Login.Subject, CancellationToken.None));

        Assert.Equal("login_gone", TokenRoom.Refusal(await RedeemAsync(room, code)));
    }

    [Fact]
    public async Task An_outage_of_the_store_does_not_spend_the_code()
    {
        using var room = new TokenRoom();
        string code = await IssueAsync(room);
        room.Desk.IsClosed = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RedeemAsync(room, code));
        room.Desk.IsClosed = false;

        Assert.True((await RedeemAsync(room, code)).IsSuccess);
    }

    private static async Task<string> IssueAsync(TokenRoom room, SignInContext? login = null)
    {
        string code = "";
        await room.ChangeAsync(async transaction =>
        {
            await TokenRoom.EnsureUserAsync(TokenRoom.Ada, transaction);
            if (await transaction.Accounts.FindByLoginAsync(TokenRoom.Login.Provider, TokenRoom.Login.Subject, CancellationToken.None) is null)
            {
                await transaction.Accounts.AddLoginAsync(TokenRoom.AdasLogin, CancellationToken.None);
            }

            code = await room.Codes.IssueAsync(
                TokenRoom.Ada, login ?? TokenRoom.Login, new CodeBinding(Pkce.Challenge(Verifier), Uri), transaction, CancellationToken.None);
        });
        return code;
    }

    private static Task<Result<TokenGrant>> RedeemAsync(TokenRoom room, string code, string? verifier = null, string? uri = Uri, string? client = null) =>
        room.Codes.RedeemAsync(code, new CodeUse(verifier ?? Verifier, uri, client), CancellationToken.None);
}
