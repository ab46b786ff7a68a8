using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>What the header of a provider's JWT may say. Keys and addresses in it (RFC 7515 4.1.2 to 4.1.6) are never looked at.</summary>
internal readonly record struct JwtHeader(string Algorithm, string? KeyId, string? Type)
{
    private const int LongestKeyId = 512;

    /// <summary>How RFC 9068 2.1 marks an access token.</summary>
    public static readonly string[] AccessTokenTypes = ["at+jwt", "application/at+jwt"];

    /// <summary>The header says that it is an access token and nothing else.</summary>
    public bool IsAccessToken => AccessTokenTypes.Contains(Type, StringComparer.OrdinalIgnoreCase);

    /// <summary>The header, or null and the private reason why the token is refused.</summary>
    public static JwtHeader? TryRead(JsonElement header, JwtRules rules, Provider provider, out string reason)
    {
        string? algorithm = JsonText.Member(header, "alg");
        string? keyId = JsonText.Member(header, "kid");
        string? type = JsonText.Member(header, "typ");

        // RFC 7515 4.1.11: an extension that is not understood must not be ignored; we understand none, RFC 7797's b64 among them.
        // RFC 8725 3.11: no other kind of token (logout+jwt) passes for the one that is meant.
        string? fault = header.TryGetProperty("crit", out _) || header.TryGetProperty("b64", out _) ? "critical_header"
            : header.TryGetProperty("typ", out _) && !rules.Types.Contains(type, StringComparer.OrdinalIgnoreCase) ? "type"
            : header.TryGetProperty("kid", out _) && keyId is not { Length: > 0 and <= LongestKeyId } ? "key_id"
            : IsPinned(algorithm, rules, provider) ? null : "algorithm";
        reason = $"{rules.Name}_{fault}";
        return fault is null ? new JwtHeader(algorithm!, keyId, type) : null;
    }

    private static bool IsPinned(string? algorithm, JwtRules rules, Provider provider) =>
        algorithm is not null && rules.Algorithms.Contains(algorithm, StringComparer.Ordinal)
        && (SignatureAlgorithm.KeyFamily(algorithm) is not null || (algorithm == SignatureAlgorithm.Shared && SignatureAlgorithm.IsKey(provider.ClientSecret)));
}
