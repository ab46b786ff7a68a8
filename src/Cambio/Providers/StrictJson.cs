using System.Text.Json;
using System.Text.Unicode;

namespace Cambio.Providers;

/// <summary>Reads JSON that somebody else wrote: bounded in depth, valid UTF-8, no member twice.</summary>
internal static class StrictJson
{
    /// <summary>The value, or null when the bytes are not one such JSON text.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> utf8, int maxDepth = 32)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a member's name holds half a surrogate pair (RFC 8259 8.2).
            return null;
        }
    }
}
