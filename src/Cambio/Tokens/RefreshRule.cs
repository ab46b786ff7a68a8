using Cambio.Storage;

namespace Cambio.Tokens;

/// <summary>What a presented refresh token leads to (RFC 9700 4.14.2). Pure: facts in, decision out.</summary>
internal static class RefreshRule
{
    /// <summary>How long after its use a token may be used once more, for a client that lost the answer.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    public static RefreshDecision Decide(RefreshLookup found, DateTimeOffset now)
    {
        (RefreshToken token, Session session, Account account, bool successorUsed) = found;
        return token switch
        {
            _ when SessionRule.Refusal(session, account, now) is { } reason => RefreshDecision.Refuse(reason),
            { Retried: true } => RefreshDecision.EndFamily,
            { UsedAt: { } usedAt } => !successorUsed && now - usedAt <= Leeway ? RefreshDecision.Retry : RefreshDecision.EndFamily,
            _ when token.ExpiresAt <= now => RefreshDecision.Refuse("refresh_token_expired"),
            _ => RefreshDecision.Rotate,
        };
    }
}

/// <summary>The decision.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Refusal">Why nothing, when refused: the private reason.</param>
internal readonly record struct RefreshDecision(RefreshKind Kind, string? Refusal = null)
{
    public static RefreshDecision Rotate { get; } = new(RefreshKind.Rotate);

    public static RefreshDecision Retry { get; } = new(RefreshKind.Retry);

    public static RefreshDecision EndFamily { get; } = new(RefreshKind.EndFamily);

    public static RefreshDecision Refuse(string reason) => new(RefreshKind.Refuse, reason);
}

/// <summary>What to do with a refresh token.</summary>
internal enum RefreshKind
{
    /// <summary>Its first use: trade it.</summary>
    Rotate,

    /// <summary>The answer to its first use was lost: trade it once more.</summary>
    Retry,

    /// <summary>Two holders have it, and nobody can tell which is the thief: end the session.</summary>
    EndFamily,

    /// <summary>Nothing.</summary>
    Refuse,
}
