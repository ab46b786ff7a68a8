using Cambio.Storage;

namespace Cambio.Testing.InMemory;

/// <summary>Spent one-time credentials, inside one transaction.</summary>
internal sealed class InMemoryReplays(InMemoryTransaction transaction) : IReplayStore
{
    public Task<bool> TryAddAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryState state = transaction.State;
        if (state.Replays.ContainsKey(key))
        {
            return Task.FromResult(false);
        }

        transaction.State = state with { Replays = state.Replays.Add(key, expiresAt) };
        return Task.FromResult(true);
    }
}
