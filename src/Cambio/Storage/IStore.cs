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

    /// <summary>Whether the database answers and has the schema that this version needs.</summary>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<bool> IsReadyAsync(CancellationToken cancellationToken);
}

/// <summary>What a transaction can do, by kind of data.</summary>
public interface IStoreTransaction
{
    /// <summary>Users and their logins.</summary>
    IAccountStore Accounts { get; }

    /// <summary>Sessions and their refresh tokens.</summary>
    ISessionStore Sessions { get; }

    /// <summary>Spent one-time credentials.</summary>
    IReplayStore Replays { get; }
}

/// <summary>A unique key was lost to a parallel transaction; <see cref="IStore.TransactAsync"/> runs the work again.</summary>
/// <param name="message">Which key.</param>
/// <param name="inner">The database's own exception.</param>
public sealed class StoreConflictException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The database cannot serve now. Answered as 503 <c>temporarily_unavailable</c>.</summary>
/// <param name="message">What failed, for the operator.</param>
/// <param name="inner">The database's own exception.</param>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
