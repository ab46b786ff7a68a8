namespace Cambio.Storage;

/// <summary>The wall to the data. Everything that one exchange writes, it writes in one transaction.</summary>
public interface IStore
{
    /// <summary>
    /// Runs <paramref name="work"/> in one transaction: committed when it succeeds, rolled back whole when it refuses or throws.
    /// When a unique key was lost to a parallel exchange (<see cref="StoreConflictException"/>) the work is run once more from the start.
    /// </summary>
    /// <typeparam name="T">What the work makes.</typeparam>
    /// <param name="work">May run twice, so it must have no effect outside the transaction.</param>
    /// <param name="cancellationToken">Ends the work; nothing is written.</param>
    /// <exception cref="StoreUnavailableException">The database is down, full, locked for too long or out of connections.</exception>
    Task<Result<T>> TransactAsync<T>(Func<IStoreTransaction, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
        where T : notnull;

    /// <summary>The user's account, outside any transaction, or null.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="StoreUnavailableException">As for <see cref="TransactAsync"/>.</exception>
    Task<Account?> FindUserAsync(UserRef user, CancellationToken cancellationToken);

    /// <summary>The session with its user, ended or not, outside any transaction; or null. One query.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="StoreUnavailableException">As for <see cref="TransactAsync"/>.</exception>
    Task<SessionLookup?> FindSessionAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>The session of the API token with this hash, and its user, outside any transaction; or null. One query.</summary>
    /// <param name="hash">The SHA-256 of the token.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="StoreUnavailableException">As for <see cref="TransactAsync"/>.</exception>
    Task<SessionLookup?> FindApiTokenAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>The refresh token with this hash and what it leads to, outside any transaction; or null. Locks nothing.</summary>
    /// <param name="hash">The SHA-256 of the token.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="StoreUnavailableException">As for <see cref="TransactAsync"/>.</exception>
    Task<RefreshLookup?> FindRefreshTokenAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>The user's logins, oldest first, outside any transaction.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="StoreUnavailableException">As for <see cref="TransactAsync"/>.</exception>
    Task<IReadOnlyList<Login>> ListLoginsAsync(UserRef user, CancellationToken cancellationToken);

    /// <summary>The user's sessions that have neither ended nor expired, last used first, at most 1000; outside any transaction.</summary>
    /// <param name="user">The user.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="StoreUnavailableException">As for <see cref="TransactAsync"/>.</exception>
    Task<IReadOnlyList<Session>> ListSessionsAsync(UserRef user, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The provider's tokens that are kept for the user, the latest used login's first, outside any transaction; or null.</summary>
    /// <param name="user">The user.</param>
    /// <param name="provider">The provider's id.</param>
    /// <param name="subject">The provider's id of the user; null for any.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="StoreUnavailableException">As for <see cref="TransactAsync"/>.</exception>
    Task<ProtectedProviderTokens?> FindProviderTokensAsync(UserRef user, string provider, string? subject, CancellationToken cancellationToken);

    /// <summary>The one-time code with this hash, spent or not, outside any transaction; or null. Spends nothing.</summary>
    /// <param name="hash">The SHA-256 of the code.</param>
    /// <param name="purpose">What it must be for.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="StoreUnavailableException">As for <see cref="TransactAsync"/>.</exception>
    Task<OneTimeCode?> FindCodeAsync(byte[] hash, string purpose, CancellationToken cancellationToken);

    /// <summary>Whether the database answers and has the schema that this version needs.</summary>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<bool> IsReadyAsync(CancellationToken cancellationToken);
}

/// <summary>What a transaction can do, by kind of data.</summary>
public interface IStoreTransaction
{
    /// <summary>Users and their logins.</summary>
    IAccountStore Accounts { get; }

    /// <summary>Sessions, their refresh tokens and API tokens.</summary>
    ISessionStore Sessions { get; }

    /// <summary>The providers' own tokens.</summary>
    IProviderTokenStore ProviderTokens { get; }

    /// <summary>Spent one-time credentials.</summary>
    IReplayStore Replays { get; }

    /// <summary>One-time codes of ours.</summary>
    IOneTimeCodeStore Codes { get; }
}

/// <summary>A unique key was lost to a parallel transaction; <see cref="IStore.TransactAsync"/> runs the work again.</summary>
/// <param name="message">Which key.</param>
/// <param name="inner">The database's own exception.</param>
public sealed class StoreConflictException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The database cannot serve now. Answered as 503 <c>temporarily_unavailable</c>.</summary>
/// <param name="message">What failed, for the operator.</param>
/// <param name="inner">The database's own exception.</param>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
