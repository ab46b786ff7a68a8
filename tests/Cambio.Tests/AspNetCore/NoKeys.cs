using Cambio.Storage;

namespace Cambio.Tests.AspNetCore;

/// <summary>A store of keys that cannot serve.</summary>
internal sealed class NoKeys : ISigningKeyStore
{
    public Task<IReadOnlyList<ProtectedSigningKey>> ListAsync(CancellationToken cancellationToken) => throw new StoreUnavailableException("down");

    public Task<bool> RetireAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) => throw new StoreUnavailableException("down");

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => throw new StoreUnavailableException("down");

    public Task<bool> TryAddAsync(ProtectedSigningKey key, CancellationToken cancellationToken) => throw new StoreUnavailableException("down");
}
