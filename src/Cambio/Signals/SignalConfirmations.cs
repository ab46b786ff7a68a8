using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;
using Cambio.Storage;

namespace Cambio.Signals;

/// <summary>Remembers that requests to delete were carried out: when, and nothing of whom.</summary>
internal sealed class SignalConfirmations(IStore store, TimeProvider time)
{
    private const int CodeLength = 32;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Notes it, in the transaction that carries it out.</summary>
    public static Task AddAsync(SignalSource source, string code, IStoreTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Codes.AddAsync(new OneTimeCode(Hash(code), Purpose(source.Provider, source.Name), Encoding.ASCII.GetBytes(now.ToString("O", CultureInfo.InvariantCulture)), now + Kept), cancellationToken);

    /// <summary>When the request with this code was carried out; <c>not_found</c> when we know of none.</summary>
    public async Task<Result<DateTimeOffset>> FindAsync(Provider provider, string name, string code, CancellationToken cancellationToken)
    {
        if (code.Length != CodeLength)
        {
            return Unknown;
        }

        // It is never used up: looking is all that can be done with it.
        return await store.FindCodeAsync(Hash(code), Purpose(provider, name), cancellationToken) is { } record && record.ExpiresAt > time.GetUtcNow()
            ? DateTimeOffset.ParseExact(Encoding.ASCII.GetString(record.Payload), "O", CultureInfo.InvariantCulture)
            : Unknown;
    }

    private static ExchangeError Unknown => ExchangeError.NotFound("unknown_confirmation_code");

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));

    private static string Purpose(Provider provider, string name) => $"signal {provider.Id} {name}";
}
