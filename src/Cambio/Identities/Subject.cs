using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Identities;

/// <summary>What can be a provider's id of a user.</summary>
internal static class Subject
{
    private const int MaxLength = 255;

    /// <summary>A string as it is, or an integer with every digit; null for anything else (42.0 and 4.2e1 among it).</summary>
    public static string? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => JsonText.Of(element) ?? "",
        JsonValueKind.Number when IsInteger(element.GetRawText()) => element.GetRawText(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,

        // Present but no id: an empty text is refused by IsValid.
        _ => "",
    };

    /// <summary>Not blank, not zero, no control characters, at most 255 characters (OpenID Connect Core 2).</summary>
    public static bool IsValid(string subject) =>
        subject.Length <= MaxLength && !string.IsNullOrWhiteSpace(subject) && subject != "0" && !subject.AsSpan().ContainsAnyInRange('\0', '\u001f')
        && !subject.Contains('\u007f');

    private static bool IsInteger(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
