using System.Globalization;
using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Whether a proof says that the token still lives. What is declared must be there.</summary>
internal static class ProofTimes
{
    // RFC 3339 5.6; a moment without offset is UTC.
    private const string InternetTime = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

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
        if (Seconds(value) is { } seconds)
        {
            return seconds == 0 || seconds > now.ToUnixTimeSeconds();
        }

        return value is { ValueKind: JsonValueKind.String } text
            && DateTimeOffset.TryParseExact(
                JsonText.Of(text), InternetTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            && moment > now;
    }

    private static long? Seconds(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number or JsonValueKind.String } element
        && long.TryParse(JsonText.Of(element), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds)
            ? seconds
            : null;
}
