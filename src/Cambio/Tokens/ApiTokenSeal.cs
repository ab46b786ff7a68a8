using System.Security.Cryptography;
using System.Text;
using Cambio.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Cambio.Tokens;

/// <summary>Seals API tokens for the store, so that they can be shown again. The purpose holds the user: a payload moved to another row cannot be read there.</summary>
internal sealed class ApiTokenSeal(IDataProtectionProvider protection)
{
    private const string Purpose = "Cambio.ApiToken.v1";

    /// <summary>Loads the key ring, which may stand in the store: inside a transaction that must not be asked.</summary>
    public void Warm() => protection.CreateProtector(Purpose).Protect([]);

    public ProtectedApiToken Seal(TokenSecret secret, UserRef user, string sessionId) =>
        new(secret.Hash, user, sessionId, Protector(user).Protect(Encoding.ASCII.GetBytes(secret.Text)));

    /// <summary>The token, or null when it cannot be opened here, or is not the one that the hash names.</summary>
    public string? Open(ProtectedApiToken kept)
    {
        try
        {
            string text = Encoding.ASCII.GetString(Protector(kept.User).Unprotect(kept.Payload));
            return CryptographicOperations.FixedTimeEquals(TokenSecret.HashOf(text), kept.Hash) ? text : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(UserRef user) => protection.CreateProtector(Purpose, user.Id);
}
