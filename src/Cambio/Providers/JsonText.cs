using System.Text.Json;

namespace Cambio.Providers;

/// <summary>The text of a JSON scalar, numbers with every digit as they were written.</summary>
internal static class JsonText
{
    /// <summary>The text, or null for null, arrays and objects.</summary>
    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
