namespace Cambio.Storage;

/// <summary>Sessions and refresh tokens, inside one transaction.</summary>
public interface ISessionStore
{
    /// <summary>Opens a session with its first refresh token.</summary>
    /// <param name="session">The session.</param>
    /// <param name="token">Its first refresh token.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    Task AddAsync(Session session, RefreshToken token, CancellationToken cancellationToken);

    /// <summary>The refresh token with this hash, its session, and whether a token that came of it was used; or null. Locks the session.</summary>
    /// <param name="hash">The SHA-256 of the token.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<RefreshLookup?> FindAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>
    /// Trades <paramref name="spent"/> (its new state given) for <paramref name="successor"/>, notes the session's use, and marks every
    /// other unused token that came of the same parent as spent beyond retry.
    /// </summary>
    /// <param name="spent">The presented token, its marks set.</param>
    /// <param name="successor">The new token; its parent is <paramref name="spent"/>.</param>
    /// <param name="now">The time of use, UTC.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    Task RotateAsync(RefreshToken spent, RefreshToken successor, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends a session and forgets its refresh tokens.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    Task EndAsync(string sessionId, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>One sign-in on one device: the family of its refresh tokens.</summary>
public sealed record Session
{
    /// <summary>The id, the <c>sid</c> claim of access tokens.</summary>
    public required string Id { get; init; }

    /// <summary>The user.</summary>
    public required UserRef User { get; init; }

    /// <summary>The provider of the login that opened it.</summary>
    public required string Provider { get; init; }

    /// <summary>When it was opened, UTC; the <c>auth_time</c> claim.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last refreshed, UTC.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>When it ends whatever happens, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was ended early, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The user agent that opened it, at most 256 characters.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The address that opened it.</summary>
    public string? Address { get; init; }
}

/// <summary>A refresh token as the store keeps it.</summary>
/// <param name="Hash">The SHA-256 of the token.</param>
/// <param name="SessionId">The session that it belongs to.</param>
/// <param name="Parent">The hash of the token that it replaced; null for the first.</param>
/// <param name="CreatedAt">When it was issued, UTC.</param>
/// <param name="ExpiresAt">When it expires if unused, UTC.</param>
/// <param name="UsedAt">When it was first used, UTC.</param>
/// <param name="Retried">It was used a second time within the leeway, or is beyond retry.</param>
public sealed record RefreshToken(
    byte[] Hash, string SessionId, byte[]? Parent, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt = null, bool Retried = false);

/// <summary>What a presented refresh token leads to.</summary>
/// <param name="Token">The token.</param>
/// <param name="Session">Its session.</param>
/// <param name="Account">The session's user.</param>
/// <param name="SuccessorUsed">A token that came of it was used.</param>
public sealed record RefreshLookup(RefreshToken Token, Session Session, Account Account, bool SuccessorUsed);
