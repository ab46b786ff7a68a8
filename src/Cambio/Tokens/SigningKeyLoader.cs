using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cambio.Tokens;

/// <summary>Lists the keys, and adds the next one when it is due.</summary>
internal sealed class SigningKeyLoader(ISigningKeyStore store, SigningKeyVault vault, TimeProvider time, ILogger<SigningKeyLoader> logger)
{
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);

    /// <summary>The usable keys. Called once at a time.</summary>
    /// <param name="known">Keys opened before; they are not opened again.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    /// <exception cref="OptionsValidationException">There are keys, but none can be decrypted here.</exception>
    public async Task<SigningKeySet> LoadAsync(SigningKeySet? known, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProtectedSigningKey> stored = await store.ListAsync(cancellationToken);
        List<SigningKey> keys = Open(stored, known);
        DateTimeOffset now = time.GetUtcNow();
        if (SigningKeySchedule.NeedsKey(keys, now))
        {
            int next = stored.Count == 0 ? 1 : stored.Max(static key => key.Sequence) + 1;
            ProtectedSigningKey made = vault.Create(next, now, SigningKeySchedule.ActiveFrom(keys, now));
            if (await store.TryAddAsync(made, cancellationToken))
            {
                Log.SigningKeyMade(logger, made.Id, made.ActiveFrom);
            }

            // Listed again either way: when another instance was first, its key is the one to use.
            keys = Open(await store.ListAsync(cancellationToken), known);
        }

        return new SigningKeySet(keys);
    }

    private List<SigningKey> Open(IReadOnlyList<ProtectedSigningKey> stored, SigningKeySet? known)
    {
        var keys = new List<SigningKey>();
        foreach (ProtectedSigningKey key in stored.OrderBy(static key => key.Sequence))
        {
            if ((known?.Held(key.Id) ?? vault.Open(key)) is { } open)
            {
                keys.Add(open);
            }
            else if (reported.Add(key.Id))
            {
                Log.SigningKeyUnreadable(logger, key.Id);
            }
        }

        // A key made in place of lost ones would hide the loss and turn every token away, so the operator decides.
        return keys.Count > 0 || stored.Count == 0 ? keys : throw new OptionsValidationException("Cambio:Store", typeof(CambioOptions), [
            $"None of the {stored.Count} signing keys in the store can be decrypted: restore the Data Protection key ring that they were encrypted with, or delete the keys to have a new one made (all access tokens end then)."]);
    }
}
