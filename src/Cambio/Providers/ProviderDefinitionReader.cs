using System.Text.Json;

namespace Cambio.Providers;

/// <summary>Reads definitions strictly: an unknown, doubled or null key is a mistake, and all mistakes of a text are found at once.</summary>
internal sealed class ProviderDefinitionReader
{
    private readonly List<DefinitionMistake> mistakes = [];
    private string here = "";

    private ProviderDefinitionReader()
    {
    }

    /// <summary>The definition, or what is wrong with the text, each mistake a sentence that begins with the origin and the key's path.</summary>
    /// <param name="json">The text of a <c>provider.json</c>.</param>
    /// <param name="origin">The file's name.</param>
    public static DefinitionReading Read(ReadOnlySpan<byte> json, string origin)
    {
        ProviderDefinition? definition = Read(json, out IReadOnlyList<DefinitionMistake> mistakes);
        return new DefinitionReading(definition, [.. mistakes.Select(mistake => mistake.In(origin))]);
    }

    /// <summary>The definition, or null and what is wrong.</summary>
    public static ProviderDefinition? Read(ReadOnlySpan<byte> json, out IReadOnlyList<DefinitionMistake> mistakes)
    {
        var reader = new ProviderDefinitionReader();
        mistakes = reader.mistakes;
        try
        {
            reader.CheckAll(json);
            return mistakes.Count > 0 ? null : JsonSerializer.Deserialize(json, DefinitionJson.Default.ProviderDefinition);
        }
        catch (JsonException e)
        {
            reader.Report(reader.here, $"is where the text stops being JSON (line {e.LineNumber + 1}). Comments and trailing commas are not taken.");
        }
        catch (InvalidOperationException)
        {
            // RFC 8259 8.1 and 8.2: bytes that are not UTF-8, escapes that are half a character.
            reader.Report(reader.here, "is where the text stops being Unicode.");
        }

        return null;
    }

    private void CheckAll(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Check(ref reader, DefinitionShape.Root, "");
        while (reader.Read())
        {
        }
    }

    private void Check(ref Utf8JsonReader reader, DefinitionShape? shape, string path)
    {
        here = path;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                Report(path, "is null; leave the key out.");
                break;
            case JsonTokenType.StartObject:
                Expect(shape, path, ShapeKind.Record, ShapeKind.Map, ShapeKind.Json);
                CheckObject(ref reader, shape, path);
                break;
            case JsonTokenType.StartArray:
                Expect(shape, path, ShapeKind.List);
                CheckArray(ref reader, shape, path);
                break;
            case JsonTokenType.String:
                Expect(shape, path, ShapeKind.Text, ShapeKind.Word, ShapeKind.List);
                CheckText(reader.GetString()!, shape, path);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                Expect(shape, path, ShapeKind.Flag);
                break;
            case JsonTokenType.Number when reader.TryGetInt32(out _):
                Expect(shape, path, ShapeKind.Count);
                break;
            default:
                Expect(shape, path);
                break;
        }
    }

    private void CheckObject(ref Utf8JsonReader reader, DefinitionShape? shape, string path)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            string inside = Join(path, name);
            if (!names.Add(name))
            {
                Report(inside, "is there twice; keep one. Upper and lower case do not make two keys.");
            }

            DefinitionShape? member = shape?.Kind == ShapeKind.Map ? shape.Element : shape?.Member(name);
            if (shape?.Kind == ShapeKind.Record && !shape.Names.Contains(name))
            {
                Report(inside, $"is not a key.{Nearest.Hint(name, shape.Names)}");
                member = null;
            }

            reader.Read();
            Check(ref reader, member, inside);
            here = inside;
        }

        foreach (string required in shape?.Required ?? [])
        {
            if (!names.Contains(required))
            {
                Report(Join(path, required), "is missing.");
            }
        }
    }

    private void CheckArray(ref Utf8JsonReader reader, DefinitionShape? shape, string path)
    {
        bool isList = shape?.Kind == ShapeKind.List;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (isList && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
            {
                Report(path, $"must be {shape!.Describe()}.");
                isList = false;
            }

            Check(ref reader, isList ? shape : null, path);
        }
    }

    private void CheckText(string text, DefinitionShape? shape, string path)
    {
        if (shape?.Kind == ShapeKind.List && text.Length == 0)
        {
            Report(path, "holds an empty text; leave it out.");
        }
        else if (shape?.Kind == ShapeKind.Word && !shape.Words.Contains(text))
        {
            Report(path, $"must be {shape.Describe()}.");
        }
    }

    private void Expect(DefinitionShape? shape, string path, params ReadOnlySpan<ShapeKind> kinds)
    {
        if (shape is not null && !kinds.Contains(shape.Kind))
        {
            Report(path, $"must be {shape.Describe()}.");
        }
    }

    private void Report(string path, string text) => mistakes.Add(new(path, text));

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}

/// <summary>What came out of reading a definition.</summary>
/// <param name="Definition">The definition; null when there are mistakes.</param>
/// <param name="Mistakes">What is wrong, in sentences.</param>
internal readonly record struct DefinitionReading(ProviderDefinition? Definition, IReadOnlyList<string> Mistakes);
