using System.Collections.Concurrent;

namespace Cambio.Vault;

/// <summary>Work that several callers want at once is done once, for all of them. What is done is forgotten at once.</summary>
internal sealed class Flights<TKey, T>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<T>>> running = new();

    /// <summary>How many are under way.</summary>
    public int Count => running.Count;

    /// <summary>What the work under this key makes, begun by whoever comes first. A caller who leaves does not end it for the others.</summary>
    public Task<T> JoinAsync(TKey key, Func<Task<T>> work, CancellationToken cancellationToken) => running
        .GetOrAdd(key, added => new Lazy<Task<T>>(() => Task.Run(() => RunAsync(added, work), CancellationToken.None)))
        .Value.WaitAsync(cancellationToken);

    private async Task<T> RunAsync(TKey key, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        finally
        {
            running.TryRemove(key, out _);
        }
    }
}
