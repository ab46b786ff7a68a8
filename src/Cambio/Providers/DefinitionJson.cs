using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>Reads and writes definitions without reflection.</summary>
[JsonSerializable(typeof(ProviderDefinition))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
