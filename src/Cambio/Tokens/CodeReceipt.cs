using System.Security.Cryptography;
using System.Text;
using Cambio.Storage;

namespace Cambio.Tokens;

/// <summary>
/// Which session a code gave tokens of that it did not open: that of the API token which the user had already. Kept only where the first use
/// was granted, so that a second use ends what the first was given and nothing else.
/// </summary>
internal static class CodeReceipt
{
    private const string Purpose = "authorization_code_receipt";

    public static Task KeepAsync(OneTimeCode code, string sessionId, IStoreTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Codes.AddAsync(new OneTimeCode(HashOf(code), Purpose, Encoding.UTF8.GetBytes(sessionId), code.ExpiresAt), cancellationToken);

    /// <summary>The session, or null where none was noted.</summary>
    public static async Task<string?> FindAsync(OneTimeCode code, DateTimeOffset now, IStoreTransaction transaction, CancellationToken cancellationToken) =>
        await transaction.Codes.SpendAsync(HashOf(code), Purpose, now, cancellationToken) is { } receipt ? Encoding.UTF8.GetString(receipt.Payload) : null;

    private static byte[] HashOf(OneTimeCode code) => SHA256.HashData(code.Hash);
}
