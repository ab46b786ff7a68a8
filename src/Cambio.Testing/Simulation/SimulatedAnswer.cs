using System.Text;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>What a simulated provider answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="ContentType">Its type.</param>
internal sealed record SimulatedAnswer(int Status, byte[] Body, string ContentType = SimulatedAnswer.JsonType)
{
    public const string JsonType = "application/json";

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Where the connection breaks off: so many bytes of the body are sent, none for a negative number. Null: nowhere.</summary>
    public int? BreaksAt { get; init; }

    public static SimulatedAnswer Json(int status, JsonNode? body) => new(status, Encoding.UTF8.GetBytes(body?.ToJsonString() ?? "null"));

    /// <summary>The same answer, written as the definition says that the provider writes it.</summary>
    public SimulatedAnswer As(ResponseFormat format) => format switch
    {
        ResponseFormat.Form => this with { Body = Form(), ContentType = "application/x-www-form-urlencoded" },
        ResponseFormat.JsonAnyType => this with { ContentType = "text/plain; charset=utf-8" },
        ResponseFormat.JsonInText => this with { Body = [.. "callback( "u8, .. Body, .. " );\n"u8], ContentType = "text/html; charset=utf-8" },
        _ => this,
    };

    /// <summary>A refusal in the words of RFC 6749 5.2.</summary>
    public static SimulatedAnswer Refusal(int status, string error, string description) =>
        Json(status, new JsonObject { ["error"] = error, ["error_description"] = description });

    private byte[] Form() => Encoding.UTF8.GetBytes(string.Join('&', (JsonNode.Parse(Body) as JsonObject ?? [])
        .Select(member => $"{Uri.EscapeDataString(member.Key)}={Uri.EscapeDataString(member.Value?.ToString() ?? "")}")));

    public override string ToString() => $"{Status} [redacted]";
}
