using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cambio.Testing;

/// <summary>Reads cases strictly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CatalogCase))]
internal sealed partial class CaseJson : JsonSerializerContext
{
    /// <summary>The case, or the reason why the text is none.</summary>
    public static CatalogCase Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.CatalogCase) ?? throw new JsonException("The text is null.");
}
