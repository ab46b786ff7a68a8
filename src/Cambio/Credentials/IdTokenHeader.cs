using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>What the header of an ID token may say. Keys and addresses in it (RFC 7515 4.1.2 to 4.1.6) are never looked at.</summary>
internal readonly record struct IdTokenHeader(string Algorithm, string? KeyId)
{
    private const int LongestKeyId = 512;

    /// <summary>The header, or null and the private reason why the token is refused.</summary>
    public static IdTokenHeader? TryRead(JsonElement header, IdTokenDefinition definition, out string reason)
    {
        string? algorithm = Text(header, "alg");
        string? keyId = Text(header, "kid");
        bool pinned = algorithm is not null && SignatureAlgorithm.KeyFamily(algorithm) is not null
            && definition.Algorithms.Contains(algorithm, StringComparer.Ordinal);

        // RFC 7515 4.1.11: an extension that is not understood must not be ignored; we understand none, RFC 7797's b64 among them.
        // RFC 8725 3.11: no other kind of token (at+jwt, logout+jwt) passes for an ID token.
        reason = header.TryGetProperty("crit", out _) || header.TryGetProperty("b64", out _) ? "id_token_critical_header"
            : header.TryGetProperty("typ", out _) && !"JWT".Equals(Text(header, "typ"), StringComparison.OrdinalIgnoreCase) ? "id_token_type"
            : header.TryGetProperty("kid", out _) && keyId is not { Length: > 0 and <= LongestKeyId } ? "id_token_key_id"
            : pinned ? "" : "id_token_algorithm";
        return reason.Length == 0 && algorithm is not null ? new IdTokenHeader(algorithm, keyId) : null;
    }

    private static string? Text(JsonElement header, string name) =>
        header.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? JsonText.Of(value) : null;
}
