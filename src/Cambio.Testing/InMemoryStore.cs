using Cambio.Storage;
using Cambio.Testing.InMemory;

namespace Cambio.Testing;

/// <summary>
/// A store in memory that keeps every promise of a database: transactions run one after the other, a refusal or an exception leaves
/// nothing behind, and unique keys are unique. For tests; what it holds is gone with the process.
/// </summary>
public sealed class InMemoryStore : IStore, ISigningKeyStore, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim writer = new(1, 1);
    private volatile InMemoryState state = InMemoryState.Empty;

    /// <summary>The users, as last committed; in no order.</summary>
    public IReadOnlyCollection<Account> Accounts => [.. state.Users.Values];

    /// <summary>The linked identities, as last committed; in no order.</summary>
    public IReadOnlyCollection<Login> Logins => [.. state.Logins.Values];

    /// <summary>The sessions, ended ones included, as last committed; in no order.</summary>
    public IReadOnlyCollection<Session> Sessions => [.. state.Sessions.Values];

    /// <summary>The hashes of spent one-time credentials, as last committed; in no order.</summary>
    public IReadOnlyCollection<string> Replays => [.. state.Replays.Keys];

    internal InMemoryState State => state;

    /// <inheritdoc/>
    public async Task<Result<T>> TransactAsync<T>(
        Func<IStoreTransaction, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await RunAsync(work, cancellationToken);
        }
        catch (StoreConflictException)
        {
            // As on a database: the second run sees what the first collided with.
        }

        try
        {
            return await RunAsync(work, cancellationToken);
        }
        catch (StoreConflictException conflict)
        {
            throw new StoreUnavailableException("A unique key was lost to parallel transactions twice in a row.", conflict);
        }
    }

    /// <inheritdoc/>
    public Task<Account?> FindUserAsync(UserRef user, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(state.Users.GetValueOrDefault(user.Id));
    }

    /// <inheritdoc/>
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProtectedSigningKey>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProtectedSigningKey>>([.. state.SigningKeys.OrderBy(static key => key.Sequence)]);

    /// <inheritdoc/>
    public async Task<bool> TryAddAsync(ProtectedSigningKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await EnterAsync(cancellationToken);
        try
        {
            if (state.SigningKeys.Any(other => other.Sequence == key.Sequence || other.Id == key.Id))
            {
                return false;
            }

            state = state with { SigningKeys = state.SigningKeys.Add(key) };
            return true;
        }
        finally
        {
            writer.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private async Task<Result<T>> RunAsync<T>(
        Func<IStoreTransaction, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
        where T : notnull
    {
        await EnterAsync(cancellationToken);
        try
        {
            var transaction = new InMemoryTransaction(state);
            Result<T> result = await work(transaction, cancellationToken);
            if (result.IsSuccess)
            {
                cancellationToken.ThrowIfCancellationRequested();
                state = transaction.State;
            }

            return result;
        }
        finally
        {
            writer.Release();
        }
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (!await writer.WaitAsync(Patience, cancellationToken))
        {
            throw new StoreUnavailableException($"The store was busy with other writes for {Patience.TotalSeconds:0} seconds.");
        }
    }
}
