using System.Text.Json.Serialization;

namespace Cambio.AspNetCore.Answers;

/// <summary>A refusal, RFC 9457.</summary>
internal sealed record Problem(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("detail")] string Detail,
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string ErrorDescription,
    [property: JsonPropertyName("trace_id")] string TraceId,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("ticket")] string? Ticket,
    [property: JsonPropertyName("requires")] string? Requires);

/// <summary>A refusal of an OAuth endpoint, RFC 6749 5.2.</summary>
internal sealed record OAuthError(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string ErrorDescription,
    [property: JsonPropertyName("reason")] string? Reason);

/// <summary>Marks endpoints that an RFC gives an error format of its own.</summary>
internal sealed class OAuthErrors
{
    public static OAuthErrors Instance { get; } = new();
}
