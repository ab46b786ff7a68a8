using System.Text.Json;

namespace Cambio.Credentials;

/// <summary>When a JWT holds: <c>exp</c>, <c>nbf</c> and <c>iat</c> (RFC 7519 4.1.4 to 4.1.6), whole seconds in JSON numbers.</summary>
internal static class JwtTimes
{
    /// <summary>How far the provider's clock and ours may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 3600;

    /// <summary>The end of the private reason why it does not hold now; null when it does.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="now">When.</param>
    /// <param name="mustEnd">It has to say when it expires.</param>
    public static string? Fault(JsonElement claims, DateTimeOffset now, bool mustEnd = true)
    {
        if (!TryRead(claims, "exp", out DateTimeOffset? exp) || !TryRead(claims, "nbf", out DateTimeOffset? nbf)
            || !TryRead(claims, "iat", out DateTimeOffset? iat) || (exp is null && mustEnd))
        {
            return "times";
        }

        return now >= exp + Skew ? "expired"
            : nbf > now + Skew || iat > now + Skew ? "not_yet_valid"
            : null;
    }

    /// <summary>From when on the token is refused by its own expiry.</summary>
    public static DateTimeOffset End(JsonElement claims) =>
        TryRead(claims, "exp", out DateTimeOffset? exp) && exp is { } expiry ? expiry + Skew : DateTimeOffset.MinValue;

    /// <summary>The moment that a claim names, or null where it is absent or none.</summary>
    public static DateTimeOffset? Read(JsonElement claims, string name) => TryRead(claims, name, out DateTimeOffset? moment) ? moment : null;

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
