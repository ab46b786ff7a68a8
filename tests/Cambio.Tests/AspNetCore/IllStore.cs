using Cambio.Storage;

namespace Cambio.Tests.AspNetCore;

/// <summary>A store that cannot serve, whatever it says of itself.</summary>
internal sealed class IllStore(Func<CancellationToken, Task<bool>> isReady) : IStore
{
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => isReady(cancellationToken);

    public Task<Account?> FindUserAsync(UserRef user, CancellationToken cancellationToken) => throw new StoreUnavailableException("down");

    public Task<SessionLookup?> FindSessionAsync(string sessionId, CancellationToken cancellationToken) => throw new StoreUnavailableException("down");

    public Task<SessionLookup?> FindApiTokenAsync(byte[] hash, CancellationToken cancellationToken) => throw new StoreUnavailableException("down");

    public Task<RefreshLookup?> FindRefreshTokenAsync(byte[] hash, CancellationToken cancellationToken) => throw new StoreUnavailableException("down");

    public Task<IReadOnlyList<Login>> ListLoginsAsync(UserRef user, CancellationToken cancellationToken) => throw new StoreUnavailableException("down");

    public Task<IReadOnlyList<Session>> ListSessionsAsync(UserRef user, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new StoreUnavailableException("down");

    public Task<ProtectedProviderTokens?> FindProviderTokensAsync(
        UserRef user, string provider, string? subject, CancellationToken cancellationToken) => throw new StoreUnavailableException("down");

    public Task<OneTimeCode?> FindCodeAsync(byte[] hash, string purpose, CancellationToken cancellationToken) => throw new StoreUnavailableException("down");

    public Task<Result<T>> TransactAsync<T>(
        Func<IStoreTransaction, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
        where T : notnull => throw new StoreUnavailableException("down");
}
