using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cambio.Identities;
using Cambio.Storage;

namespace Cambio.Pipeline;

/// <summary>
/// How many mails an hour go to one address, and out for one identity. Counted in the store, since whoever signs in again gets a new ticket:
/// it bounds what a stranger can have sent to somebody, and how often a code can be guessed.
/// </summary>
internal sealed class EmailQuota(IStore store, TimeProvider time)
{
    /// <summary>For one address.</summary>
    public const int PerAddress = 5;

    /// <summary>For one identity, to whatever addresses.</summary>
    public const int PerIdentity = 10;

    /// <summary>Takes a place for each mail; a refusal that says when to come back where there is none.</summary>
    public async Task<ExchangeError?> TakeAsync(ExternalIdentity identity, IReadOnlyCollection<EmailMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return null;
        }

        DateTimeOffset now = time.GetUtcNow();
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        DateTimeOffset end = hour.AddHours(1);
        Result<bool> taken = await store.TransactAsync<bool>(
            async (transaction, ct) =>
            {
                foreach (EmailMessage message in messages)
                {
                    if (!await TakeAsync(transaction.Replays, $"to {EmailAddress.Normalize(message.To)}", PerAddress, hour, end, ct)
                        || !await TakeAsync(transaction.Replays, $"for {identity.Provider} {identity.Subject}", PerIdentity, hour, end, ct))
                    {
                        return ExchangeError.TooManyRequests("email_quota", end - now);
                    }
                }

                return true;
            },
            cancellationToken);
        return taken.Error;
    }

    private static async Task<bool> TakeAsync(
        IReplayStore places, string whose, int most, DateTimeOffset hour, DateTimeOffset end, CancellationToken cancellationToken)
    {
        string key = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{hour:yyyyMMddHH} {whose}"))));
        for (int place = 0; place < most; place++)
        {
            if (await places.TryAddAsync(string.Create(CultureInfo.InvariantCulture, $"mail:{key}:{place}"), end, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
