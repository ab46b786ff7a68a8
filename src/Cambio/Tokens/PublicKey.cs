using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tokens;

/// <summary>What the world may know of a key, as RFC 7518 6.2.1 and 6.3.1 write it.</summary>
internal sealed record PublicKey(string KeyType)
{
    public string? Curve { get; private init; }

    public string? X { get; private init; }

    public string? Y { get; private init; }

    public string? Modulus { get; private init; }

    public string? Exponent { get; private init; }

    public static PublicKey Of(AsymmetricAlgorithm key) => key switch
    {
        ECDsa ec => Of(ec.ExportParameters(includePrivateParameters: false)),
        RSA rsa => Of(rsa.ExportParameters(includePrivateParameters: false)),
        _ => throw new ArgumentException("No kind of key that signs our tokens.", nameof(key)),
    };

    private static PublicKey Of(ECParameters key) => new("EC")
    {
        Curve = "P-256",
        X = Base64UrlEncoder.Encode(key.Q.X),
        Y = Base64UrlEncoder.Encode(key.Q.Y),
    };

    private static PublicKey Of(RSAParameters key) => new("RSA")
    {
        Modulus = Base64UrlEncoder.Encode(key.Modulus),
        Exponent = Base64UrlEncoder.Encode(key.Exponent),
    };
}
