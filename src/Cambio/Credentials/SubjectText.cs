using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Reads a user's id: a text, or a whole number with all its digits.</summary>
internal static class SubjectText
{
    /// <summary>The id, or null where there is none.</summary>
    public static string? Of(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text when JsonText.Of(text) is { Length: > 0 } id => id,
        { ValueKind: JsonValueKind.Number } number when IsWhole(number.GetRawText()) => number.GetRawText(),
        _ => null,
    };

    /// <summary>The id in a member.</summary>
    public static string? Of(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? Of(value) : null;

    // 42.0 and 4.2e1 are refused rather than read as 42: one user must not have two spellings.
    private static bool IsWhole(string digits) => digits != "0" && !digits.AsSpan().ContainsAnyExceptInRange('0', '9');
}
