using System.Text;
using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

/// <summary>Codes of exchanges that wait for their front end: interrupted sign-ins, and links.</summary>
public sealed class HeldCodesTests
{
    private static readonly string Verifier = new('v', 43);

    private static readonly CodeBinding Binding = new(Pkce.Challenge(Verifier), "https://app.example.com/back");

    private static readonly HeldExchange Link = new() { Provider = "acme", Ticket = "sealed", CodeChallenge = Binding.CodeChallenge };

    private static readonly HeldExchange Interrupted = Link with { Requires = "terms", Description = "Accept the terms.", TermsVersion = "2026-11" };

    [Fact]
    public async Task A_link_comes_back_as_it_was_held_and_once()
    {
        using var room = new TokenRoom();
        string code = await HoldAsync(room, Link);
        room.Time.Advance(TimeSpan.FromSeconds(59));

        Assert.Equal(Link, (await TakeAsync(room, code)).Value);
        Assert.Equal("code_reused", Refusal(await TakeAsync(room, code)));
        Assert.Equal(0, room.Logs.Count(3005));
    }

    [Fact]
    public async Task The_store_has_the_hash_of_the_code_alone_and_neither_shows_when_printed()
    {
        using var room = new TokenRoom();

        string code = await HoldAsync(room, Link);

        OneTimeCode kept = Assert.Single(room.Store.State.Codes.Values);
        Assert.Equal(TokenSecret.HashOf(code), kept.Hash);
        Assert.Equal(room.Time.GetUtcNow().AddSeconds(60), kept.ExpiresAt);
        Assert.DoesNotContain(code, Encoding.UTF8.GetString(kept.Payload), StringComparison.Ordinal);
        Assert.DoesNotContain(Verifier, Encoding.UTF8.GetString(kept.Payload), StringComparison.Ordinal);
        Assert.DoesNotContain("sealed", $"{Link} {CodeContent.Of(Link, Binding)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong verifier", "code_verifier_mismatch")]
    [InlineData("challenge as verifier", "code_verifier_mismatch")]
    [InlineData("expired", "code_expired")]
    public async Task A_refused_use_spends_it_too(string mistake, string reason)
    {
        using var room = new TokenRoom();
        string code = await HoldAsync(room, Link);
        room.Time.Advance(TimeSpan.FromSeconds(mistake == "expired" ? 60 : 0));
        string verifier = mistake switch
        {
            "wrong verifier" => new string('w', 43),
            "challenge as verifier" => Binding.CodeChallenge,
            _ => Verifier,
        };

        Assert.Equal(reason, Refusal(await TakeAsync(room, code, verifier)));
        Assert.Equal("code_reused", Refusal(await TakeAsync(room, code)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_is_no_code_is_refused(string text)
    {
        using var room = new TokenRoom();
        Assert.Equal("code_unknown", Refusal(await TakeAsync(room, text)));
    }

    [Fact]
    public async Task An_interrupted_sign_in_is_redeemed_for_the_interruption_and_opens_nothing()
    {
        using var room = new TokenRoom();
        string code = await HoldAsync(room, Interrupted);

        ExchangeError asked = (await RedeemAsync(room, code)).Error!;

        Assert.Equal((ErrorCodes.InteractionRequired, "terms", "Accept the terms."), (asked.Code, asked.Requires, asked.Description));
        Assert.Equal(("sealed", "2026-11"), (asked.Ticket, asked.TermsVersion));
        Assert.Equal("code_reused", TokenRoom.Refusal(await RedeemAsync(room, code)));
        Assert.Empty(room.Store.Sessions);
    }

    [Fact]
    public async Task A_code_of_one_sort_is_no_good_for_the_other_and_dead_afterwards()
    {
        using var room = new TokenRoom();
        string link = await HoldAsync(room, Link);
        string signIn = await IssueAsync(room);

        Assert.Equal("code_of_a_link", TokenRoom.Refusal(await RedeemAsync(room, link)));
        Assert.Equal("code_of_a_sign_in", Refusal(await TakeAsync(room, signIn)));

        Assert.Equal("code_reused", Refusal(await TakeAsync(room, link)));
        Assert.Equal("code_reused", TokenRoom.Refusal(await RedeemAsync(room, signIn)));
        Assert.Empty(room.Store.Sessions);
    }

    [Fact]
    public async Task A_redeemed_code_that_is_used_again_as_a_link_ends_its_session_all_the_same()
    {
        using var room = new TokenRoom();
        string code = await IssueAsync(room);
        Assert.True((await RedeemAsync(room, code)).IsSuccess);

        Assert.Equal("code_reused", Refusal(await TakeAsync(room, code)));

        Assert.NotNull(Assert.Single(room.Store.Sessions).EndedAt);
    }

    [Fact]
    public async Task An_outage_of_the_store_does_not_spend_it()
    {
        using var room = new TokenRoom();
        string code = await HoldAsync(room, Link);
        room.Desk.IsClosed = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => TakeAsync(room, code));
        room.Desk.IsClosed = false;

        Assert.True((await TakeAsync(room, code)).IsSuccess);
    }

    private static string Refusal(Result<HeldExchange> result)
    {
        Assert.Equal(ErrorCodes.InvalidGrant, result.Error?.Code);
        return result.Error!.Reason;
    }

    private static async Task<string> HoldAsync(TokenRoom room, HeldExchange held) => (await room.Codes.HoldAsync(held, Binding, CancellationToken.None)).Value!;

    private static async Task<string> IssueAsync(TokenRoom room)
    {
        string code = "";
        await room.ChangeAsync(async transaction =>
        {
            await TokenRoom.EnsureUserAsync(TokenRoom.Ada, transaction);
            await transaction.Accounts.AddLoginAsync(TokenRoom.AdasLogin, CancellationToken.None);
            code = await room.Codes.IssueAsync(TokenRoom.Ada, TokenRoom.Login, Binding, transaction, CancellationToken.None);
        });
        return code;
    }

    private static Task<Result<HeldExchange>> TakeAsync(TokenRoom room, string code, string? verifier = null) =>
        room.Codes.TakeHeldAsync(code, verifier ?? Verifier, CancellationToken.None);

    private static Task<Result<TokenGrant>> RedeemAsync(TokenRoom room, string code) =>
        room.Codes.RedeemAsync(code, new CodeUse(Verifier), CancellationToken.None);
}
