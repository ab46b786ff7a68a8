namespace Cambio.Credentials;

/// <summary>The signature algorithms that can be pinned (RFC 7518 3.1): public-key ones alone, whatever a definition says.</summary>
internal static class SignatureAlgorithm
{
    /// <summary>The kind of key that an algorithm verifies with: <c>RSA</c> or the name of a curve; null for none of ours.</summary>
    public static string? KeyFamily(string algorithm) => algorithm switch
    {
        "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512" => "RSA",
        "ES256" => "P-256",
        "ES384" => "P-384",
        "ES512" => "P-521",
        _ => null,
    };
}
