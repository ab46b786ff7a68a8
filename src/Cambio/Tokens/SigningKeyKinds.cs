using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tokens;

/// <summary>What key each algorithm takes.</summary>
internal static class SigningKeyKinds
{
    /// <summary>As strong as P-256, to within the rounding of NIST SP 800-57 (128 bits of security).</summary>
    private const int RsaBits = 3072;

    public static AsymmetricAlgorithm Make(SigningAlgorithm algorithm) => algorithm switch
    {
        SigningAlgorithm.ES256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        SigningAlgorithm.RS256 => RSA.Create(RsaBits),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>A key to read a private one into; null for an algorithm that this version does not know.</summary>
    public static AsymmetricAlgorithm? Empty(string algorithm) => algorithm switch
    {
        SecurityAlgorithms.EcdsaSha256 => ECDsa.Create(),
        SecurityAlgorithms.RsaSha256 => RSA.Create(),
        _ => null,
    };

    public static AsymmetricSecurityKey ToSecurityKey(AsymmetricAlgorithm key) => key switch
    {
        ECDsa ec => new ECDsaSecurityKey(ec),
        RSA rsa => new RsaSecurityKey(rsa),
        _ => throw new ArgumentException("No kind of key that signs our tokens.", nameof(key)),
    };
}
