using Cambio.Storage;

namespace Cambio.Tests.Tokens;

/// <summary>Counts what is asked of a store about sessions, and can be closed.</summary>
internal sealed class StoreDesk(IStore store) : IStore
{
    public int Questions { get; private set; }

    public bool IsClosed { get; set; }

    public Task<Result<T>> TransactAsync<T>(Func<IStoreTransaction, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
        where T : notnull => Open().TransactAsync(work, cancellationToken);

    public Task<Account?> FindUserAsync(UserRef user, CancellationToken cancellationToken) => Open().FindUserAsync(user, cancellationToken);

    public Task<SessionLookup?> FindSessionAsync(string sessionId, CancellationToken cancellationToken) => Asked().FindSessionAsync(sessionId, cancellationToken);

    public Task<SessionLookup?> FindApiTokenAsync(byte[] hash, CancellationToken cancellationToken) => Asked().FindApiTokenAsync(hash, cancellationToken);

    public Task<RefreshLookup?> FindRefreshTokenAsync(byte[] hash, CancellationToken cancellationToken) => Asked().FindRefreshTokenAsync(hash, cancellationToken);

    public Task<IReadOnlyList<Login>> ListLoginsAsync(UserRef user, CancellationToken cancellationToken) => Open().ListLoginsAsync(user, cancellationToken);

    public Task<IReadOnlyList<Session>> ListSessionsAsync(UserRef user, DateTimeOffset now, CancellationToken cancellationToken) =>
        Open().ListSessionsAsync(user, now, cancellationToken);

    public Task<ProtectedProviderTokens?> FindProviderTokensAsync(UserRef user, string provider, string? subject, CancellationToken cancellationToken) =>
        Open().FindProviderTokensAsync(user, provider, subject, cancellationToken);

    public Task<OneTimeCode?> FindCodeAsync(byte[] hash, string purpose, CancellationToken cancellationToken) => Open().FindCodeAsync(hash, purpose, cancellationToken);

    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => Task.FromResult(!IsClosed);

    private IStore Asked()
    {
        Questions++;
        return Open();
    }

    private IStore Open() => IsClosed ? throw new StoreUnavailableException("closed") : store;
}
