using System.Text.Json;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Signals;

/// <summary>What every signed token among the signals must show: who says it, to whom, and which one it is.</summary>
internal static class SignalToken
{
    private const int LongestId = 512;

    /// <summary>The private reason why it is refused; null when nothing is wrong.</summary>
    public static string? Fault(SignalSource source, JsonElement claims) =>
        !JwtIssuer.Accepts(source.Provider, Issuers(source), claims) ? "issuer_mismatch"
        : !claims.TryGetProperty("aud", out JsonElement audience) || !IdTokenAudience.Names(source.Provider, audience) ? "audience_mismatch"
        : Id(claims) is null ? "signal_id_missing"
        : null;

    /// <summary>The <c>jti</c>.</summary>
    public static string? Id(JsonElement claims) => JsonText.Member(claims, "jti") is { Length: > 0 and <= LongestId } id ? id : null;

    /// <summary>Whether an issuer is one that the provider's logins are of.</summary>
    public static bool IsOurs(SignalSource source, JsonElement subject) =>
        JwtIssuer.Accepts(source.Provider, Issuers(source), subject)
        || (source.Provider.Definition.IdToken is { } idToken && JwtIssuer.Accepts(source.Provider, idToken.Issuers, subject));

    private static TextList Issuers(SignalSource source) =>
        source.Definition.Issuers.Count > 0 ? source.Definition.Issuers : source.Provider.Definition.IdToken?.Issuers ?? [];
}
