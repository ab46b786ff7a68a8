using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tokens;

/// <summary>A key that signs our tokens, ready to use.</summary>
internal sealed class SigningKey
{
    public SigningKey(string id, int sequence, DateTimeOffset createdAt, DateTimeOffset activeFrom, ECDsa key)
    {
        Id = id;
        Sequence = sequence;
        CreatedAt = createdAt;
        ActiveFrom = activeFrom;
        ECParameters parameters = key.ExportParameters(includePrivateParameters: false);
        X = Base64UrlEncoder.Encode(parameters.Q.X);
        Y = Base64UrlEncoder.Encode(parameters.Q.Y);

        // The factory caches signers by key; its own, because the shared one would hand them to another host of this process.
        Security = new ECDsaSecurityKey(key) { KeyId = id, CryptoProviderFactory = new CryptoProviderFactory() };
        Credentials = new SigningCredentials(Security, SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>The <c>kid</c>.</summary>
    public string Id { get; }

    public int Sequence { get; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset ActiveFrom { get; }

    /// <summary>The public point's coordinates as RFC 7518 6.2.1 writes them.</summary>
    public string X { get; }

    public string Y { get; }

    public ECDsaSecurityKey Security { get; }

    public SigningCredentials Credentials { get; }

    public override string ToString() => $"signing key {Id}";
}
