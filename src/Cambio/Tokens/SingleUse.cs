using Cambio.Storage;

namespace Cambio.Tokens;

/// <summary>Lets what must be used once be used once, by all instances together.</summary>
internal sealed class SingleUse(IStore store)
{
    /// <summary>True for the first who spends it. Committed at once, so that nothing that fails later gives it back.</summary>
    /// <param name="key">Names it; no secret.</param>
    /// <param name="expiresAt">From then on it is refused by its own expiry, UTC.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="StoreUnavailableException">The store cannot serve; nothing was spent.</exception>
    public async Task<bool> TrySpendAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        // The work refuses nothing, so there is always a value.
        Result<bool> first = await store.TransactAsync<bool>(
            async (transaction, cancel) => await transaction.Replays.TryAddAsync(key, expiresAt, cancel), cancellationToken);
        return first.Value;
    }
}
