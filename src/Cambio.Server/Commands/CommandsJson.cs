using System.Text.Json.Serialization;
using Cambio.Server.Commands.Keys;

namespace Cambio.Server.Commands;

/// <summary>Writes what the commands print with <c>--json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<ProviderFacts>))]
[JsonSerializable(typeof(ProviderFacts))]
[JsonSerializable(typeof(IReadOnlyList<KeyFacts>))]
internal sealed partial class CommandsJson : JsonSerializerContext;
