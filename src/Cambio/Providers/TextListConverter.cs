using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>One text is a list of one item; an array is a list of texts. No item is empty.</summary>
internal sealed class TextListConverter : JsonConverter<TextList>
{
    public override bool HandleNull => true;

    public override TextList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [ReadItem(ref reader)];
        }

        var items = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadItem(ref reader));
        }

        return [.. items];
    }

    public override void Write(Utf8JsonWriter writer, TextList value, JsonSerializerOptions options)
    {
        if (value is [var only])
        {
            writer.WriteStringValue(only);
            return;
        }

        writer.WriteStartArray();
        foreach (string item in value)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }

    private static string ReadItem(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } text
            ? text
            : throw new JsonException("A list is one text or an array of texts, none of them empty.");
}
