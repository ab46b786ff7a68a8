using System.Text.Json.Serialization;

namespace Cambio.AspNetCore.Answers;

/// <summary>An antiforgery token and the header that it is to be sent in.</summary>
internal sealed record AntiforgeryAnswer(
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("header")] string Header);
