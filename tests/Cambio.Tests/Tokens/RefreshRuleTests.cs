using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

/// <summary>The whole rule as a table.</summary>
public sealed class RefreshRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    // usedAgo: seconds since the first use, null when unused; expiresIn: seconds
    [InlineData(null, false, false, 1, "Rotate")]
    [InlineData(null, false, false, 0, "refresh_token_expired")]
    [InlineData(null, false, false, -1, "refresh_token_expired")]
    [InlineData(0, false, false, 1, "Retry")]
    [InlineData(10, false, false, 1, "Retry")]
    [InlineData(-5, false, false, 1, "Retry")]
    [InlineData(11, false, false, 1, "EndFamily")]
    [InlineData(11, false, false, -1, "EndFamily")]
    [InlineData(3, false, true, 1, "EndFamily")]
    [InlineData(3, true, false, 1, "EndFamily")]
    [InlineData(3, true, true, 1, "EndFamily")]
    [InlineData(null, true, false, 1, "EndFamily")]
    [InlineData(11, true, true, 1, "EndFamily")]
    public void What_a_token_leads_to(int? usedAgo, bool retried, bool successorUsed, int expiresIn, string expected) =>
        Assert.Equal(expected, Decide(Token(usedAgo, retried, expiresIn), successorUsed: successorUsed));

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    [InlineData(100)]
    public void An_ended_or_expired_session_and_a_disabled_account_refuse_every_token(int? usedAgo)
    {
        RefreshToken token = Token(usedAgo, retried: false, expiresIn: 60);

        Assert.Equal("session_ended", Decide(token, session: Session with { EndedAt = Now.AddDays(-1) }));
        Assert.Equal("session_expired", Decide(token, session: Session with { ExpiresAt = Now }));
        Assert.Equal("account_disabled", Decide(token, account: TokenRoom.Ada with { Disabled = true }));
    }

    private static Session Session { get; } = new()
    {
        Id = "s",
        User = TokenRoom.Ada.User,
        Provider = "acme",
        CreatedAt = Now.AddDays(-1),
        LastUsedAt = Now.AddDays(-1),
        ExpiresAt = Now.AddDays(1),
    };

    private static RefreshToken Token(int? usedAgo, bool retried, int expiresIn) =>
        new([1], "s", null, Now.AddDays(-1), Now.AddSeconds(expiresIn), usedAgo is { } ago ? Now.AddSeconds(-ago) : null, retried);

    private static string Decide(RefreshToken token, Session? session = null, Account? account = null, bool successorUsed = false)
    {
        RefreshDecision decision = RefreshRule.Decide(new RefreshLookup(token, session ?? Session, account ?? TokenRoom.Ada, successorUsed), Now);
        return decision.Refusal ?? decision.Kind.ToString();
    }
}
