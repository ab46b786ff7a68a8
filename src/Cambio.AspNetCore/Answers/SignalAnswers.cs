using System.Text.Json.Serialization;

namespace Cambio.AspNetCore.Answers;

/// <summary>What the sender of a request to delete gets: where it can be looked up that it was carried out.</summary>
internal sealed record ConfirmationAnswer(
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("confirmation_code")] string ConfirmationCode);

/// <summary>What is known of a request to delete.</summary>
internal sealed record SignalStatusAnswer(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("completed_at")] DateTimeOffset CompletedAt);

/// <summary>A refusal of a security event token, RFC 8935 2.3.</summary>
internal sealed record EventTokenError(
    [property: JsonPropertyName("err")] string Error,
    [property: JsonPropertyName("description")] string Description);
