using System.Text;

namespace Cambio.Providers;

/// <summary>The signature algorithms that can be pinned (RFC 7518 3.1), whatever a definition says.</summary>
internal static class SignatureAlgorithm
{
    /// <summary>The one whose key is the client secret (OpenID Connect Core 10.1).</summary>
    public const string Shared = "HS256";

    // RFC 7518 3.2: a key no shorter than the hash.
    private const int ShortestSecret = 32;

    /// <summary>Those with a public key: who can check a signature cannot make one.</summary>
    public static TextList Public { get; } = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>The kind of key that an algorithm verifies with: <c>RSA</c> or the name of a curve; null for none with a public key.</summary>
    public static string? KeyFamily(string algorithm) => algorithm switch
    {
        "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512" => "RSA",
        "ES256" => "P-256",
        "ES384" => "P-384",
        "ES512" => "P-521",
        _ => null,
    };

    /// <summary>Whether a client secret is long enough to be the key of <see cref="Shared"/>.</summary>
    public static bool IsKey(string? secret) => secret is not null && Encoding.UTF8.GetByteCount(secret) >= ShortestSecret;
}
