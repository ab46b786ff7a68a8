using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Cambio.Providers;

/// <summary>Which keys a definition may have and what they hold, computed from the records; strict reading and settings both go by it.</summary>
internal sealed class DefinitionShape
{
    private readonly FrozenDictionary<string, DefinitionShape> members = FrozenDictionary<string, DefinitionShape>.Empty;

    private DefinitionShape(JsonTypeInfo type)
    {
        Kind = KindOf(type);
        if (Kind == ShapeKind.Record)
        {
            members = type.Properties.ToFrozenDictionary(p => p.Name, p => Of(p.PropertyType), StringComparer.OrdinalIgnoreCase);
            Names = [.. type.Properties.Select(p => p.Name)];
            Required = [.. type.Properties.Where(p => p.IsRequired).Select(p => p.Name)];
        }
        else if (Kind == ShapeKind.Map)
        {
            Element = Of(type.ElementType!);
        }
        else if (Kind == ShapeKind.Word)
        {
            Words = [.. Enum.GetNames(type.Type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
        }
    }

    /// <summary>The shape of a whole definition.</summary>
    public static DefinitionShape Root { get; } = Of(typeof(ProviderDefinition));

    public ShapeKind Kind { get; }

    /// <summary>The keys of a record, as they are written.</summary>
    public IReadOnlyList<string> Names { get; } = [];

    /// <summary>The keys that a record cannot be without.</summary>
    public IReadOnlyList<string> Required { get; } = [];

    /// <summary>What a map holds under each of its names.</summary>
    public DefinitionShape? Element { get; }

    /// <summary>The words of an enumeration.</summary>
    public IReadOnlyList<string> Words { get; } = [];

    /// <summary>What stands under a key of a record, or null when it has no such key.</summary>
    public DefinitionShape? Member(string name) => members.GetValueOrDefault(name);

    /// <summary>What has to stand there, in words.</summary>
    public string Describe() => Kind switch
    {
        ShapeKind.Text => "a text",
        ShapeKind.List => "one text or a list of texts",
        ShapeKind.Flag => "true or false",
        ShapeKind.Count => "a whole number",
        ShapeKind.Word => $"one of {string.Join(", ", Words)}",
        _ => "an object",
    };

    private static DefinitionShape Of(Type type) => new(DefinitionJson.Default.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type)
        ?? throw new NotSupportedException($"{type} is not part of a definition."));

    private static ShapeKind KindOf(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => ShapeKind.Record,
        JsonTypeInfoKind.Dictionary => ShapeKind.Map,
        _ when type.Type == typeof(TextList) => ShapeKind.List,
        _ when type.Type == typeof(bool) => ShapeKind.Flag,
        _ when type.Type == typeof(int) => ShapeKind.Count,
        _ when type.Type == typeof(JsonObject) => ShapeKind.Json,
        _ when type.Type == typeof(string) => ShapeKind.Text,
        _ when type.Type.IsEnum => ShapeKind.Word,
        _ => throw new NotSupportedException($"{type.Type} is not part of a definition."),
    };
}

/// <summary>What can stand under a key of a definition.</summary>
internal enum ShapeKind
{
    /// <summary>An object with known keys.</summary>
    Record,

    /// <summary>An object with names of its own.</summary>
    Map,

    /// <summary>A list of texts.</summary>
    List,

    /// <summary>A text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A word of a closed set.</summary>
    Word,

    /// <summary>An object that is nobody's business.</summary>
    Json,
}
