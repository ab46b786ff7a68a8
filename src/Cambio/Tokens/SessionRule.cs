using Cambio.Storage;

namespace Cambio.Tokens;

/// <summary>Whether a session is good now. Pure: facts in, decision out.</summary>
internal static class SessionRule
{
    /// <summary>The private reason of a session that was ended.</summary>
    public const string Ended = "session_ended";

    /// <summary>The private reason why it is not; null when it is.</summary>
    public static string? Refusal(Session session, Account account, DateTimeOffset now) => session switch
    {
        { EndedAt: not null } => Ended,
        _ when session.ExpiresAt <= now => "session_expired",
        _ when account.Disabled => "account_disabled",
        _ => null,
    };

    /// <summary>What was found, or <c>invalid_token</c>.</summary>
    public static Result<SessionLookup> Judge(SessionLookup? found, DateTimeOffset now) =>
        found is null ? ExchangeError.InvalidToken("session_unknown")
        : Refusal(found.Session, found.Account, now) is { } reason ? ExchangeError.InvalidToken(reason)
        : found;
}
