using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>For whom an ID token was issued (OpenID Connect Core 3.1.3.7, steps 3 to 5).</summary>
internal static class IdTokenAudience
{
    /// <summary>The private reason why it was not for us; null when it was.</summary>
    public static string? Fault(Provider provider, JsonElement claims)
    {
        if (!claims.TryGetProperty("aud", out JsonElement aud) || Values(aud) is not { Length: > 0 } audiences
            || !Array.Exists(audiences, provider.IsOurs))
        {
            return "audience_mismatch";
        }

        // Several audiences need a party that the token was issued to, and a party that is named must be us.
        return claims.TryGetProperty("azp", out JsonElement azp)
            ? (azp.ValueKind == JsonValueKind.String && provider.IsOurs(JsonText.Of(azp)) ? null : "authorized_party_mismatch")
            : (audiences.Length == 1 ? null : "authorized_party_missing");
    }

    /// <summary>Whether an audience is us, or we are on the list.</summary>
    public static bool Names(Provider provider, JsonElement aud) => Values(aud) is { } audiences && Array.Exists(audiences, provider.IsOurs);

    /// <summary>RFC 7519 4.1.3: one text or an array of texts; null for anything else.</summary>
    private static string?[]? Values(JsonElement aud) => aud.ValueKind switch
    {
        JsonValueKind.String => [JsonText.Of(aud)],
        JsonValueKind.Array when aud.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. aud.EnumerateArray().Select(JsonText.Of)],
        _ => null,
    };
}
