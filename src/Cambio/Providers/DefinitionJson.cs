using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>Reads and writes definitions without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ProviderDefinition))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
