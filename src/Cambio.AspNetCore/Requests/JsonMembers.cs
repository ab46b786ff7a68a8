using System.Text.Json;
using System.Text.Unicode;

namespace Cambio.AspNetCore.Requests;

/// <summary>Reads a JSON body, strictly.</summary>
internal static class JsonMembers
{
    /// <summary>The member that may be an object: some providers hand it to the page as one, and pages pass it on.</summary>
    public const string User = "user";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private static readonly ExchangeError NotJson = ExchangeError.InvalidRequest(
        "The body is not a JSON object as RFC 8259 has it: UTF-8 without a byte order mark, at most 8 levels deep, no comments, no trailing commas, no name twice.");

    public static Result<MemberSet> Read(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return NotJson;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Members(document.RootElement) : NotJson;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape names half of a surrogate pair, which is no text.
            return NotJson;
        }
    }

    private static Result<MemberSet> Members(JsonElement body)
    {
        var members = new MemberSet();
        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (members.Add(property.Name, Text(property), property.Value.ValueKind == JsonValueKind.Null) is { } refusal)
            {
                return refusal;
            }
        }

        return members;
    }

    private static string? Text(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.String => property.Value.GetString(),
        JsonValueKind.Object when property.NameEquals(User) => property.Value.GetRawText(),
        _ => null,
    };
}
