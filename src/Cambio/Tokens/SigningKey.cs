using System.Security.Cryptography;
using Cambio.Storage;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tokens;

/// <summary>A key that signs our tokens, ready to use.</summary>
internal sealed class SigningKey
{
    /// <param name="stored">The key as the store keeps it.</param>
    /// <param name="key">The same, decrypted.</param>
    public SigningKey(ProtectedSigningKey stored, AsymmetricAlgorithm key)
    {
        Stored = stored;
        Public = PublicKey.Of(key);

        // The factory caches signers by key; its own, because the shared one would hand them to another host of this process.
        Security = SigningKeyKinds.ToSecurityKey(key);
        Security.KeyId = stored.Id;
        Security.CryptoProviderFactory = new CryptoProviderFactory();
        Credentials = new SigningCredentials(Security, stored.Algorithm);
    }

    public ProtectedSigningKey Stored { get; }

    /// <summary>The <c>kid</c>.</summary>
    public string Id => Stored.Id;

    /// <summary>The one algorithm that the key signs and verifies with, as JWS writes it.</summary>
    public string Algorithm => Stored.Algorithm;

    public PublicKey Public { get; }

    public AsymmetricSecurityKey Security { get; }

    public SigningCredentials Credentials { get; }

    public override string ToString() => $"signing key {Id}";
}
