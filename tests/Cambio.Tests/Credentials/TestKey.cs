using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cambio.Tests.Credentials;

/// <summary>A real key pair that signs whatever it is given.</summary>
internal sealed class TestKey
{
    private readonly Func<byte[], byte[]> sign;

    private TestKey(string id, string algorithm, string jwk, Func<byte[], byte[]> sign)
    {
        Id = id;
        Algorithm = algorithm;
        Jwk = jwk;
        this.sign = sign;
    }

    public string Id { get; }

    public string Algorithm { get; }

    /// <summary>The public half, in JSON.</summary>
    public string Jwk { get; }

    public static TestKey Rsa(string id, string algorithm = "RS256", int bits = 2048)
    {
        var rsa = RSA.Create(bits);
        RSAParameters key = rsa.ExportParameters(false);
        string jwk = $$"""{"kty":"RSA","kid":"{{id}}","n":"{{Encode(key.Modulus)}}","e":"{{Encode(key.Exponent)}}","use":"sig"}""";
        var hash = new HashAlgorithmName($"SHA{algorithm[^3..]}");
        RSASignaturePadding padding = algorithm.StartsWith('P') ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return new TestKey(id, algorithm, jwk, data => rsa.SignData(data, hash, padding));
    }

    public static TestKey Ec(string id, string algorithm = "ES256")
    {
        (string name, ECCurve curve) = algorithm switch
        {
            "ES384" => ("P-384", ECCurve.NamedCurves.nistP384),
            "ES512" => ("P-521", ECCurve.NamedCurves.nistP521),
            _ => ("P-256", ECCurve.NamedCurves.nistP256),
        };
        var ecdsa = ECDsa.Create(curve);
        ECParameters key = ecdsa.ExportParameters(false);
        string jwk = $$"""{"kty":"EC","crv":"{{name}}","kid":"{{id}}","x":"{{Encode(key.Q.X)}}","y":"{{Encode(key.Q.Y)}}","use":"sig"}""";
        var hash = new HashAlgorithmName($"SHA{algorithm[^3..]}");
        return new TestKey(id, algorithm, jwk, data => ecdsa.SignData(data, hash));
    }

    /// <summary>The document that publishes these keys.</summary>
    public static string Document(params IEnumerable<TestKey> keys) => $$"""{"keys":[{{string.Join(',', keys.Select(key => key.Jwk))}}]}""";

    /// <summary>A JWS with this payload, the usual header unless told.</summary>
    public string Sign(string payload, string? header = null)
    {
        string signed = $"{Encode(header ?? $$"""{"alg":"{{Algorithm}}","typ":"JWT","kid":"{{Id}}"}""")}.{Encode(payload)}";
        return $"{signed}.{Encode(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>A JWS with these claims.</summary>
    public string Sign(IReadOnlyDictionary<string, object?> claims, string? header = null) => Sign(JsonSerializer.Serialize(claims), header);

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    public static string Encode(byte[]? bytes) => Base64Url.EncodeToString(bytes);
}
