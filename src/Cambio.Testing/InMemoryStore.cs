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
    public Task<SessionLookup?> FindSessionAsync(string sessionId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(state.Session(sessionId));
    }

    /// <inheritdoc/>
    public Task<SessionLookup?> FindApiTokenAsync(byte[] hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState seen = state;
        return Task.FromResult(
            seen.ApiTokens.TryGetValue(InMemoryState.Key(hash), out ProtectedApiToken? token) ? seen.Session(token.SessionId) : null);
    }

    /// <inheritdoc/>
    public Task<RefreshLookup?> FindRefreshTokenAsync(byte[] hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(state.RefreshToken(hash));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Login>> ListLoginsAsync(UserRef user, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(state.LoginsOf(user));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Session>> ListSessionsAsync(UserRef user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Session>>(
        [
            .. state.Sessions.Values
                .Where(session => session.User == user && session.EndedAt is null && session.ExpiresAt > now)
                .OrderByDescending(static session => session.LastUsedAt)
                .ThenBy(static session => session.Id, StringComparer.Ordinal)
                .Take(1000),
        ]);
    }

    /// <inheritdoc/>
    public Task<ProtectedProviderTokens?> FindProviderTokensAsync(
        UserRef user, string provider, string? subject, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState seen = state;
        return Task.FromResult(seen.ProviderTokens.Values
            .Where(tokens => tokens.User == user && tokens.Provider == provider && (subject is null || tokens.Subject == subject))
            .OrderByDescending(tokens => seen.Logins[(tokens.Provider, tokens.Subject)].LastUsedAt)
            .ThenBy(static tokens => tokens.Subject, StringComparer.Ordinal)
            .FirstOrDefault());
    }

    /// <inheritdoc/>
    public Task<OneTimeCode?> FindCodeAsync(byte[] hash, string purpose, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(state.Codes.TryGetValue(InMemoryState.Key(hash), out OneTimeCode? code) && code.Purpose == purpose ? code : null);
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
    public async Task<bool> RetireAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        try
        {
            if (state.SigningKeys.Find(key => key.Id == id && key.RetiredAt is null) is not { } key)
            {
                return false;
            }

            state = state with { SigningKeys = state.SigningKeys.Replace(key, key with { RetiredAt = now }) };
            return true;
        }
        finally
        {
            writer.Release();
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        state = state with { SigningKeys = state.SigningKeys.RemoveAll(key => key.Id == id) };
        writer.Release();
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
