using Cambio.Storage;
using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class SessionRuleTests
{
    private static readonly DateTimeOffset Now = TokenRoom.Start;

    [Theory]
    [InlineData(false, 1, false, null)]
    [InlineData(true, 1, false, "session_ended")]
    [InlineData(true, -1, true, "session_ended")]
    [InlineData(false, 0, false, "session_expired")]
    [InlineData(false, -1, true, "session_expired")]
    [InlineData(false, 1, true, "account_disabled")]
    public void A_session_is_good_until_it_ends_expires_or_its_user_is_disabled(bool ended, int expiresIn, bool disabled, string? refusal)
    {
        var session = new Session
        {
            Id = "s",
            User = TokenRoom.Ada.User,
            Provider = "acme",
            CreatedAt = Now.AddDays(-1),
            LastUsedAt = Now.AddDays(-1),
            ExpiresAt = Now.AddSeconds(expiresIn),
            EndedAt = ended ? Now.AddSeconds(-1) : null,
        };
        Account account = TokenRoom.Ada with { Disabled = disabled };

        Assert.Equal(refusal, SessionRule.Refusal(session, account, Now));
        Assert.Equal(refusal, SessionRule.Judge(new SessionLookup(session, account), Now).Error?.Reason);
    }

    [Fact]
    public void What_was_not_found_is_no_session() =>
        Assert.Equal((ErrorCodes.InvalidToken, "session_unknown"), (SessionRule.Judge(null, Now).Error!.Code, SessionRule.Judge(null, Now).Error!.Reason));
}
