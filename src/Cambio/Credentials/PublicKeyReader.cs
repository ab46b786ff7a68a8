using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Cambio.Providers;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Credentials;

/// <summary>Reads a JSON Web Key Set (RFC 7517 5). A key that is not for verifying signatures, or is weak or broken, is passed over.</summary>
internal static class PublicKeyReader
{
    private const int MostKeys = 100;

    /// <summary>The keys that can be used; empty where the document has none.</summary>
    public static List<PublicKey> Read(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("keys", out JsonElement keys) || keys.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return [.. keys.EnumerateArray().Take(MostKeys).Where(key => key.ValueKind == JsonValueKind.Object).Select(ReadKey).OfType<PublicKey>()];
    }

    private static PublicKey? ReadKey(JsonElement jwk)
    {
        if (!IsForSignatures(jwk))
        {
            return null;
        }

        return JsonText.Member(jwk, "kty") switch
        {
            "RSA" when Rsa(jwk) is { } key => new PublicKey(JsonText.Member(jwk, "kid"), JsonText.Member(jwk, "alg"), "RSA", key, JsonText.Member(jwk, "issuer")),
            "EC" when JsonText.Member(jwk, "crv") is { } curve && EllipticCurve(jwk, curve) is { } key => new PublicKey(JsonText.Member(jwk, "kid"), JsonText.Member(jwk, "alg"), curve, key, JsonText.Member(jwk, "issuer")),
            _ => null,
        };
    }

    private static bool IsForSignatures(JsonElement jwk)
    {
        bool use = !jwk.TryGetProperty("use", out _) || JsonText.Member(jwk, "use") == "sig";
        bool operations = !jwk.TryGetProperty("key_ops", out JsonElement list)
            || (list.ValueKind == JsonValueKind.Array && list.EnumerateArray().Any(item => JsonText.Of(item) == "verify"));
        return use && operations;
    }

    private static RsaSecurityKey? Rsa(JsonElement jwk)
    {
        byte[]? modulus = Bytes(jwk, "n");
        byte[]? exponent = Bytes(jwk, "e");
        if (modulus is null || exponent is not { Length: >= 1 and <= 4 } || (exponent[^1] & 1) == 0 || exponent is [1])
        {
            return null;
        }

        modulus = modulus.AsSpan().TrimStart((byte)0).ToArray();
        return modulus.Length * 8 is >= 2048 and <= 8192 && (modulus[0] & 0x80) != 0
            ? new RsaSecurityKey(new RSAParameters { Modulus = modulus, Exponent = exponent })
            : null;
    }

    private static ECDsaSecurityKey? EllipticCurve(JsonElement jwk, string name)
    {
        (ECCurve curve, int length) = name switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, 32),
            "P-384" => (ECCurve.NamedCurves.nistP384, 48),
            "P-521" => (ECCurve.NamedCurves.nistP521, 66),
            _ => (default, 0),
        };
        byte[]? x = Bytes(jwk, "x");
        byte[]? y = Bytes(jwk, "y");
        if (length == 0 || x?.Length != length || y?.Length != length)
        {
            return null;
        }

        try
        {
            return new ECDsaSecurityKey(ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } }));
        }
        catch (CryptographicException)
        {
            // The point is not on the curve.
            return null;
        }
    }

    private static byte[]? Bytes(JsonElement jwk, string name) =>
        JsonText.Member(jwk, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
