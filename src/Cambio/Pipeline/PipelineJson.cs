using System.Text.Json.Serialization;

namespace Cambio.Pipeline;

/// <summary>Writes what the room protects, without reflection.</summary>
[JsonSerializable(typeof(TicketContent))]
internal sealed partial class PipelineJson : JsonSerializerContext;
