namespace Cambio.Storage;

/// <summary>Sessions, their refresh tokens and API tokens, inside one transaction.</summary>
public interface ISessionStore
{
    /// <summary>Opens a session with its first refresh token.</summary>
    /// <param name="session">The session.</param>
    /// <param name="token">Its first refresh token.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    Task AddAsync(Session session, RefreshToken token, CancellationToken cancellationToken);

    /// <summary>Opens a session that has an API token in place of refresh tokens.</summary>
    /// <param name="session">The session.</param>
    /// <param name="token">Its token.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    /// <exception cref="StoreConflictException">The user has an API token already.</exception>
    Task AddAsync(Session session, ProtectedApiToken token, CancellationToken cancellationToken);

    /// <summary>Opens a session that has no tokens, for a cookie.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    Task AddAsync(Session session, CancellationToken cancellationToken);

    /// <summary>The user's API token, or null.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<ProtectedApiToken?> FindApiTokenAsync(UserRef user, CancellationToken cancellationToken);

    /// <summary>Notes that a session was used.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    Task TouchAsync(string sessionId, DateTimeOffset now, CancellationToken cancellationToken);

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

    /// <summary>Ends sessions and forgets their refresh tokens and API tokens; those that had ended stay as they are.</summary>
    /// <param name="which">Which sessions.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    /// <returns>How many were ended.</returns>
    /// <exception cref="ArgumentException">The filter names neither a session nor a user nor a provider with a subject or a session of it.</exception>
    Task<int> EndAsync(SessionFilter which, DateTimeOffset now, CancellationToken cancellationToken);
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

    /// <summary>The provider's id of the user that opened it; null in sessions of earlier versions.</summary>
    public string? Subject { get; init; }

    /// <summary>The provider's own session (the ID token's <c>sid</c>), when it named one, so that the provider can end it.</summary>
    public string? ProviderSessionId { get; init; }

    /// <summary>The confidential client that opened it, and which alone may refresh it; null for a public one.</summary>
    public string? ClientId { get; init; }

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

/// <summary>A session and its user.</summary>
/// <param name="Session">The session, ended or not.</param>
/// <param name="Account">Its user.</param>
public sealed record SessionLookup(Session Session, Account Account);

/// <summary>Which sessions: those that meet all that is set. At least one of session, user, subject and provider session is.</summary>
public sealed record SessionFilter
{
    /// <summary>The session with this id.</summary>
    public string? Id { get; init; }

    /// <summary>Sessions of this user.</summary>
    public UserRef? User { get; init; }

    /// <summary>Sessions that a login at this provider opened.</summary>
    public string? Provider { get; init; }

    /// <summary>Sessions that this identity of <see cref="Provider"/> opened.</summary>
    public string? Subject { get; init; }

    /// <summary>Sessions that this session of <see cref="Provider"/> opened.</summary>
    public string? ProviderSessionId { get; init; }

    /// <summary>But not the session with this id.</summary>
    public string? Except { get; init; }

    /// <summary>Refuses a filter that would match everybody's sessions, or a subject without the provider that it means something to.</summary>
    internal void EnsureBounded()
    {
        bool ofProvider = Subject is not null || ProviderSessionId is not null;
        if (ofProvider ? Provider is null : Id is null && User is null)
        {
            throw new ArgumentException("A session filter names a session, a user, or a provider with a subject or a session of it.");
        }
    }
}

/// <summary>A user's API token as the store keeps it: one for each user, and it goes with its session.</summary>
/// <param name="Hash">The SHA-256 of the token.</param>
/// <param name="User">The user.</param>
/// <param name="SessionId">The session that it belongs to.</param>
/// <param name="Payload">The token, encrypted, so that it can be shown again.</param>
public sealed record ProtectedApiToken(byte[] Hash, UserRef User, string SessionId, byte[] Payload)
{
    /// <summary>The session only.</summary>
    public override string ToString() => $"API token of session {SessionId} [redacted]";
}
