using System.Security.Cryptography;
using System.Text.Json;
using Cambio.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Cambio.Vault;

/// <summary>Seals a provider's tokens for the store, and opens them. The purpose holds user, provider and subject: a payload moved to another row cannot be read there.</summary>
internal sealed class ProviderTokenSeal(IDataProtectionProvider protection)
{
    public ProtectedProviderTokens Seal(UserRef user, string provider, string subject, ProviderTokens tokens) => new(
        user, provider, subject, Protector(user, provider, subject).Protect(JsonSerializer.SerializeToUtf8Bytes(tokens, VaultJson.Default.ProviderTokens)), tokens.ExpiresAt);

    /// <summary>The tokens, or null when they cannot be opened here.</summary>
    public ProviderTokens? Open(ProtectedProviderTokens kept) => Open(kept, out _);

    /// <summary>The tokens, or null when they cannot be opened here.</summary>
    /// <param name="kept">The sealed ones.</param>
    /// <param name="isOldKey">They were sealed with a key that seals nothing any more.</param>
    public ProviderTokens? Open(ProtectedProviderTokens kept, out bool isOldKey)
    {
        isOldKey = false;
        IDataProtector protector = Protector(kept.User, kept.Provider, kept.Subject);
        try
        {
            // "Dangerous" is what it can do to revoked keys, which it is told here not to take.
            byte[] json = protector is IPersistedDataProtector persisted
                ? persisted.DangerousUnprotect(kept.Payload, ignoreRevocationErrors: false, out isOldKey, out _)
                : protector.Unprotect(kept.Payload);
            return JsonSerializer.Deserialize(json, VaultJson.Default.ProviderTokens);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private IDataProtector Protector(UserRef user, string provider, string subject) =>
        protection.CreateProtector("Cambio.ProviderTokens.v2", user.Id, provider, subject);
}
