using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cambio.Tokens;

/// <summary>
/// The signing keys in memory. The host calls <see cref="RefreshAsync"/> at start and every <see cref="RelistAfter"/>; an exchange only
/// reads, since it holds a transaction in which another one, for a new key, cannot open.
/// </summary>
internal sealed class SigningKeyRing(SigningKeyLoader loader, TimeProvider time, ILogger<SigningKeyRing> logger)
{
    /// <summary>How often the keys are listed anew.</summary>
    public static readonly TimeSpan RelistAfter = TimeSpan.FromMinutes(1);

    /// <summary>How long after a listing unknown key ids lead to no other.</summary>
    public static readonly TimeSpan UnknownKeyPause = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private volatile SigningKeySet? keys;
    private Task<SigningKeySet>? loading;
    private long listedAt;

    /// <summary>The keys as last listed, loaded first if they never were.</summary>
    /// <exception cref="StoreUnavailableException">They never were, and the store cannot serve.</exception>
    public ValueTask<SigningKeySet> GetAsync(CancellationToken cancellationToken) =>
        keys is { } set ? new(set) : new(RefreshAsync(cancellationToken));

    /// <summary>The key with this id among those in memory, or null.</summary>
    public SigningKey? Known(string id) => keys?.Find(id, time.GetUtcNow());

    /// <summary>The key with this id, looked up in the store when it is new; null when nobody made it.</summary>
    /// <exception cref="StoreUnavailableException">As for <see cref="GetAsync"/>.</exception>
    public async ValueTask<SigningKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if ((await GetAsync(cancellationToken)).Find(id, time.GetUtcNow()) is { } key)
        {
            return key;
        }

        // Anybody can invent key ids, so they are no way to keep the store busy.
        return time.GetElapsedTime(Interlocked.Read(ref listedAt)) < UnknownKeyPause
            ? null
            : (await RefreshAsync(cancellationToken)).Find(id, time.GetUtcNow());
    }

    /// <summary>Lists the keys, once for all who ask at the same time. When the store cannot serve, those of before stay in use.</summary>
    /// <exception cref="StoreUnavailableException">As for <see cref="GetAsync"/>.</exception>
    public Task<SigningKeySet> RefreshAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            // Shared by all callers, so none of them may cancel it.
            loading = loading is { IsCompleted: false } ? loading : LoadAsync();
            return loading.WaitAsync(cancellationToken);
        }
    }

    private async Task<SigningKeySet> LoadAsync()
    {
        SigningKeySet? before = keys;
        try
        {
            SigningKeySet loaded = await loader.LoadAsync(before, CancellationToken.None);
            keys = loaded;
            return loaded;
        }
        catch (StoreUnavailableException exception) when (before is not null)
        {
            Log.SigningKeysNotListed(logger, exception);
            return before;
        }
        catch (OptionsValidationException)
        {
            // None of those in memory is in the store any more, or each was retired.
            keys = null;
            throw;
        }
        finally
        {
            Interlocked.Exchange(ref listedAt, time.GetTimestamp());
        }
    }
}
