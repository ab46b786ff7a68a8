using System.Text.Json;

namespace Cambio.Providers;

/// <summary>The text of a JSON scalar, numbers with every digit as they were written.</summary>
internal static class JsonText
{
    /// <summary>The text, or null for null, arrays, objects, and strings that are no Unicode text.</summary>
    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => OfString(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>The text of an object's member, or null where there is none or it is no text.</summary>
    public static string? Member(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? OfString(value) : null;

    private static string? OfString(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair (RFC 8259 8.2), as of a name cut off in the middle of an emoji.
            return null;
        }
    }
}
