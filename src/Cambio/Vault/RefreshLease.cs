using System.Buffers.Text;
using System.Security.Cryptography;
using Cambio.Storage;

namespace Cambio.Vault;

/// <summary>Lets one instance of all refresh a set of tokens: a refresh token that two of them spend may end the whole grant (RFC 9700 4.14.2).</summary>
internal sealed class RefreshLease(IStore store, TimeProvider time)
{
    /// <summary>How long the others keep off, and at most twice that.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    /// <summary>Whether the caller may refresh what it read.</summary>
    /// <param name="payload">The sealed tokens; new ones are another lease.</param>
    /// <param name="length">How long the others keep off.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task<bool> TakeAsync(byte[] payload, TimeSpan length, CancellationToken cancellationToken)
    {
        string name = Base64Url.EncodeToString(SHA256.HashData(payload));
        long seconds = (long)length.TotalSeconds;
        long bucket = time.GetUtcNow().ToUnixTimeSeconds() / seconds;
        DateTimeOffset end = DateTimeOffset.FromUnixTimeSeconds((bucket + 2) * seconds);
        Result<bool> taken = await store.TransactAsync<bool>(
            async (transaction, ct) =>
            {
                if (!await transaction.Replays.TryAddAsync(Key(name, bucket), end, ct))
                {
                    return false;
                }

                // The next bucket may begin in a moment, and a refresh takes longer than that.
                await transaction.Replays.TryAddAsync(Key(name, bucket + 1), end, ct);
                return true;
            },
            cancellationToken);
        return taken is { IsSuccess: true, Value: true };
    }

    private static string Key(string name, long bucket) => $"provider-refresh:{name}:{bucket}";
}
