using System.Security.Cryptography;
using Cambio.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tokens;

/// <summary>Makes keys, and seals them for the store.</summary>
internal sealed class SigningKeyVault(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Cambio.SigningKey.v1");

    public ProtectedSigningKey Create(SigningAlgorithm algorithm, int sequence, DateTimeOffset createdAt, DateTimeOffset activeFrom)
    {
        using AsymmetricAlgorithm key = SigningKeyKinds.Make(algorithm);
        byte[] privateKey = key.ExportPkcs8PrivateKey();
        string id = Base64UrlEncoder.Encode(SigningKeyKinds.ToSecurityKey(key).ComputeJwkThumbprint());
        try
        {
            return new(id, sequence, algorithm.ToString(), protector.Protect(privateKey), createdAt, activeFrom);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    /// <summary>The key, or null when it cannot be decrypted here or is of a kind that this version does not know.</summary>
    public SigningKey? Open(ProtectedSigningKey stored)
    {
        if (SigningKeyKinds.Empty(stored.Algorithm) is not { } key)
        {
            return null;
        }

        try
        {
            byte[] privateKey = protector.Unprotect(stored.Payload);
            key.ImportPkcs8PrivateKey(privateKey, out _);
            CryptographicOperations.ZeroMemory(privateKey);
            return new SigningKey(stored, key);
        }
        catch (CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }
}
