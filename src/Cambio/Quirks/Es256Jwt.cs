using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Quirks;

/// <summary>Makes a JWT that lives five minutes, signed with a P-256 key (RFC 7518 3.4).</summary>
internal static class Es256Jwt
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    // Keys live as long as one signature; a cache would keep them, disposed of.
    private static readonly CryptoProviderFactory Uncached = new() { CacheSignatureProviders = false };

    /// <summary>The compact JWT.</summary>
    /// <param name="privateKey">PKCS#8 in PEM.</param>
    /// <param name="keyId">The <c>kid</c>, if any.</param>
    /// <param name="claims">Who says it, of whom, to whom.</param>
    /// <param name="now">When.</param>
    public static string Create(string privateKey, string? keyId, IDictionary<string, object> claims, DateTimeOffset now)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(privateKey);
        var signing = new ECDsaSecurityKey(key) { KeyId = keyId, CryptoProviderFactory = Uncached };
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(signing, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
