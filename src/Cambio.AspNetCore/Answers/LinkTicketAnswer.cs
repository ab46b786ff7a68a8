using System.Text.Json.Serialization;

namespace Cambio.AspNetCore.Answers;

/// <summary>A ticket for a start that is to link. Never prints it.</summary>
internal sealed record LinkTicketAnswer(
    [property: JsonPropertyName("ticket")] string Ticket,
    [property: JsonPropertyName("expires_in")] int ExpiresIn)
{
    public override string ToString() => "link ticket [redacted]";
}
