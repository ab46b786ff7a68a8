using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cambio.Testing.Simulation;

/// <summary>Fills in what a case leaves open: tokens, our client id, the time.</summary>
internal sealed partial class Placeholders(
    DateTimeOffset now, string clientId, IReadOnlyDictionary<string, string>? variables = null, string? accessToken = null, string? idToken = null)
{
    /// <summary>The text filled in; a number where it was nothing but a time in Unix seconds, or a variable <c>| number</c>.</summary>
    public JsonNode Fill(string text)
    {
        if (!text.Contains('{'))
        {
            return text;
        }

        string filled = Pattern().Replace(text, match => Value(match) ?? match.Value);
        return Pattern().Match(text) is { Success: true } only && only.Length == text.Length && IsNumber(only)
            ? long.Parse(filled, CultureInfo.InvariantCulture)
            : filled;
    }

    private static bool IsNumber(Match only) => only.Groups["number"].Success || (only.Groups["time"].Success && !only.Groups["date"].Success);

    private string? Value(Match match)
    {
        if (match.Groups["variable"] is { Success: true, Value: var variable })
        {
            return variables?.GetValueOrDefault(variable);
        }

        if (!match.Groups["time"].Success)
        {
            return match.Groups["name"].Value switch
            {
                "client_id" => clientId,
                "access_token" => accessToken,
                _ => idToken,
            };
        }

        string seconds = match.Groups["time"].Value;
        DateTimeOffset moment = now.AddSeconds(seconds.Length == 0 ? 0 : double.Parse(seconds, CultureInfo.InvariantCulture));
        return match.Groups["date"].Success
            ? moment.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture)
            : moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\{(?:now(?<time>(?:[+-]\d+)?)(?<date>\s*\|\s*date)?|(?<name>client_id|access_token|id_token)|variables\.(?<variable>[A-Za-z0-9_]+)(?<number>\s*\|\s*number)?)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
