using System.Text.Json;

namespace Cambio.Credentials;

/// <summary>When an ID token holds: <c>exp</c>, <c>nbf</c> and <c>iat</c> (RFC 7519 4.1.4 to 4.1.6), whole seconds in JSON numbers.</summary>
internal static class IdTokenTimes
{
    /// <summary>How far the provider's clock and ours may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 3600;

    /// <summary>The private reason why it does not hold now; null when it does.</summary>
    public static string? Fault(JsonElement claims, DateTimeOffset now)
    {
        if (!TryRead(claims, "exp", out DateTimeOffset? exp) || !TryRead(claims, "nbf", out DateTimeOffset? nbf)
            || !TryRead(claims, "iat", out DateTimeOffset? iat) || exp is not { } expiry)
        {
            return "id_token_times";
        }

        return now >= expiry + Skew ? "id_token_expired"
            : nbf > now + Skew || iat > now + Skew ? "id_token_not_yet_valid"
            : null;
    }

    /// <summary>From when on the token is refused by its own expiry.</summary>
    public static DateTimeOffset End(JsonElement claims) =>
        TryRead(claims, "exp", out DateTimeOffset? exp) && exp is { } expiry ? expiry + Skew : DateTimeOffset.MinValue;

    private static bool TryRead(JsonElement claims, string name, out DateTimeOffset? moment)
    {
        moment = null;
        if (!claims.TryGetProperty(name, out JsonElement value))
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long seconds) || seconds < 0 || seconds > LastSecond)
        {
            return false;
        }

        moment = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }
}
