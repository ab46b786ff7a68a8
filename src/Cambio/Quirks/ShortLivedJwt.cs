using System.Security.Cryptography;
using Cambio.Providers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Quirks;

/// <summary>Makes a JWT that lives five minutes, signed by ES256 with a P-256 key or by RS256 with an RSA key (RFC 7518 3.3, 3.4).</summary>
internal static class ShortLivedJwt
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    // Keys live as long as one signature; a cache would keep them, disposed of.
    private static readonly CryptoProviderFactory Uncached = new() { CacheSignatureProviders = false };

    /// <summary>The compact JWT.</summary>
    /// <param name="kind">Which kind of key it is.</param>
    /// <param name="privateKey">PKCS#8 in PEM.</param>
    /// <param name="keyId">The <c>kid</c>, if any.</param>
    /// <param name="claims">Who says it, of whom, to whom.</param>
    /// <param name="now">When.</param>
    public static string Create(VariableKind kind, string privateKey, string? keyId, IDictionary<string, object> claims, DateTimeOffset now)
    {
        using AsymmetricAlgorithm key = kind == VariableKind.RsaPrivateKey ? RSA.Create() : ECDsa.Create();
        key.ImportFromPem(privateKey);
        SigningCredentials signing = key is RSA rsa
            ? new(new RsaSecurityKey(rsa) { KeyId = keyId, CryptoProviderFactory = Uncached }, SecurityAlgorithms.RsaSha256)
            : new(new ECDsaSecurityKey((ECDsa)key) { KeyId = keyId, CryptoProviderFactory = Uncached }, SecurityAlgorithms.EcdsaSha256);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            SigningCredentials = signing,
        });
    }
}
