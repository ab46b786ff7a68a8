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
    [property: JsonPropertyName("hint")] string? Hint,
    [property: JsonPropertyName("ticket")] string? Ticket,
    [property: JsonPropertyName("requires")] string? Requires,
    [property: JsonPropertyName("terms_version")] string? TermsVersion);

/// <summary>A refusal of an OAuth endpoint, RFC 6749 5.2.</summary>
internal sealed record OAuthError(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string ErrorDescription,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("ticket")] string? Ticket,
    [property: JsonPropertyName("requires")] string? Requires,
    [property: JsonPropertyName("terms_version")] string? TermsVersion);

/// <summary>Marks endpoints that an RFC gives an error format of its own.</summary>
/// <param name="FoldsStatus">Its form has 400 for what others tell apart, as in RFC 6749 5.2.</param>
internal sealed record OAuthErrors(bool FoldsStatus)
{
    public static OAuthErrors Instance { get; } = new(FoldsStatus: true);

    /// <summary>For endpoints that take over the form alone.</summary>
    public static OAuthErrors OwnStatus { get; } = new(FoldsStatus: false);
}
