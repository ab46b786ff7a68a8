using System.Globalization;
using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Whether a proof says that the token still lives. What is declared must be there.</summary>
internal static class ProofTimes
{
    // RFC 3339 5.6; a moment without offset is UTC.
    private const string InternetTime = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    // The end of the year 9999.
    private const long LastSecond = 253_402_300_799;

    private const long LongestLifetime = 400 * 24 * 3600;

    /// <summary>Whether seconds are left.</summary>
    public static bool IsLeft(string? path, AnswerScope scope) =>
        path is null || (Seconds(scope.Read(path)) is { } seconds && seconds > 0);

    /// <summary>Whether the moment of expiry lies ahead; zero means never.</summary>
    public static bool IsAhead(string? path, AnswerScope scope, DateTimeOffset now)
    {
        if (path is null)
        {
            return true;
        }

        JsonElement? value = scope.Read(path);
        return Seconds(value) is { } seconds ? seconds == 0 || seconds > now.ToUnixTimeSeconds() : Moment(value) > now;
    }

    /// <summary>When the token expires, as far as the proof tells.</summary>
    public static DateTimeOffset? End(AccessTokenProofDefinition proof, AnswerScope scope, DateTimeOffset now)
    {
        // RFC 7519 4.1.4, RFC 7662 2.2: these say so without being asked where.
        string? path = proof.ExpiresAt ?? (proof.Kind is AccessTokenProofKind.Jwt or AccessTokenProofKind.Introspection ? "exp" : null);
        JsonElement? value = path is null ? null : scope.Read(path);
        DateTimeOffset? moment = Seconds(value) is { } at ? (at is > 0 and < LastSecond ? DateTimeOffset.FromUnixTimeSeconds(at) : null) : Moment(value);
        return moment ?? (proof.ExpiresIn is { } left && Seconds(scope.Read(left)) is { } seconds and > 0 and < LastSecond
            ? now + TimeSpan.FromSeconds(Math.Min(seconds, LongestLifetime))
            : null);
    }

    private static DateTimeOffset? Moment(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text
        && DateTimeOffset.TryParseExact(
            JsonText.Of(text), InternetTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment
            : null;

    private static long? Seconds(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number or JsonValueKind.String } element
        && long.TryParse(JsonText.Of(element), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds)
            ? seconds
            : null;
}
