using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cambio.Tokens;

/// <summary>Lists the keys, adds the next one when it is due, and deletes those that nobody needs.</summary>
internal sealed class SigningKeyLoader(
    ISigningKeyStore store, SigningKeyVault vault, IOptions<CambioOptions> options, TimeProvider time, ILogger<SigningKeyLoader> logger)
{
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);
    private readonly SigningAlgorithm algorithm = options.Value.Tokens.SigningAlgorithm;
    private int? seen;

    /// <summary>The usable keys. Called once at a time.</summary>
    /// <param name="known">Keys opened before; they are not opened again.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    /// <exception cref="OptionsValidationException">There are keys, but none can be decrypted here.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot list, or not take the first key.</exception>
    public async Task<SigningKeySet> LoadAsync(SigningKeySet? known, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProtectedSigningKey> stored = await store.ListAsync(cancellationToken);
        int latest = stored.Select(static key => key.Sequence).DefaultIfEmpty().Max();
        seen ??= latest;
        foreach (ProtectedSigningKey key in stored.Where(key => key.RetiredAt is not null && known?.Held(key.Id) is not null))
        {
            Log.SigningKeyRetired(logger, key.Id);
        }

        SigningKeySet keys = Open(stored, known);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            if (keys.Schedule.NeedsKey(algorithm, seen.Value, now))
            {
                await AddAsync(latest + 1, now, keys.Schedule.ActiveFrom(now), cancellationToken);

                // Listed again either way: when another instance was first, its key is the one to use.
                keys = Open(await store.ListAsync(cancellationToken), known);
            }

            await DeleteAsync(keys.Schedule.Spent(now), cancellationToken);
        }
        catch (StoreUnavailableException exception) when (known is not null || keys.Schedule.Signing(time.GetUtcNow()) is not null)
        {
            // What was listed counts all the same: a key that was retired is not to go on because the store cannot be written.
            Log.SigningKeysNotChanged(logger, exception);
        }

        return keys;
    }

    private async Task AddAsync(int sequence, DateTimeOffset now, DateTimeOffset activeFrom, CancellationToken cancellationToken)
    {
        // Not here, where callers may be waiting for the ring's lock: an RSA key takes a while.
        ProtectedSigningKey made = await Task.Run(() => vault.Create(algorithm, sequence, now, activeFrom), cancellationToken);
        if (await store.TryAddAsync(made, cancellationToken))
        {
            Log.SigningKeyMade(logger, made.Algorithm, made.Id, made.ActiveFrom);
        }
    }

    private async Task DeleteAsync(IEnumerable<ProtectedSigningKey> keys, CancellationToken cancellationToken)
    {
        foreach (ProtectedSigningKey key in keys)
        {
            await store.DeleteAsync(key.Id, cancellationToken);
            Log.SigningKeyDeleted(logger, key.Id);
        }
    }

    // One that cannot be opened here has no part in the schedule: it neither replaces another nor is deleted, since who can open it may need it.
    private SigningKeySet Open(IReadOnlyList<ProtectedSigningKey> stored, SigningKeySet? known)
    {
        SigningKey[] opened = [.. stored.Where(static key => key.RetiredAt is null).Select(key => Open(key, known)).OfType<SigningKey>()];
        ProtectedSigningKey[] retired = [.. stored.Where(static key => key.RetiredAt is not null)];

        // A key made in place of lost ones would hide the loss and turn every token away, so the operator decides.
        return opened.Length > 0 || stored.Count == retired.Length
            ? new SigningKeySet(new SigningKeySchedule(opened.Select(static key => key.Stored).Concat(retired)), opened)
            : throw new OptionsValidationException("Cambio:Store", typeof(CambioOptions), [
                $"None of the {stored.Count - retired.Length} signing keys in the store can be decrypted: restore the Data Protection key ring that they were encrypted with, or retire them (keys retire) to have a new one made (all access tokens end then)."]);
    }

    private SigningKey? Open(ProtectedSigningKey stored, SigningKeySet? known)
    {
        SigningKey? open = known?.Held(stored.Id) ?? vault.Open(stored);
        if (open is null && reported.Add(stored.Id))
        {
            Log.SigningKeyUnreadable(logger, stored.Id);
        }

        return open;
    }
}
