using System.Collections.Concurrent;
using System.Text.Json;

namespace Cambio.Providers;

/// <summary>
/// Where a value stands in a JSON answer: <c>data.user.id</c>, <c>items.0</c>, <c>emails[primary=true,verified=true].email</c>,
/// <c>"odd.key".x</c>. Immutable; parsed once.
/// </summary>
internal sealed class ProviderPath
{
    // Bounded: paths come from definitions alone, never from a request.
    private static readonly ConcurrentDictionary<string, ProviderPath> Parsed = new(StringComparer.Ordinal);

    private readonly Segment[] segments;

    private ProviderPath(Segment[] segments) => this.segments = segments;

    /// <summary>The first segment's name, which may name an answer; null when the path begins with a filter.</summary>
    public string? Head => segments[0].Name;

    /// <summary>The names of its members in order, indexes left out.</summary>
    public IEnumerable<string> Names => segments.Select(segment => segment.Name).OfType<string>().Where(name => !int.TryParse(name, out _));

    /// <summary>Whether it is one name and nothing else: then it is a member of the answer that is meant, never another answer.</summary>
    public bool IsBareName => segments is [{ Name: not null, Filter: null }];

    public static ProviderPath Parse(string text) =>
        Parsed.GetOrAdd(text, static t => TryParse(t, out ProviderPath? path) ? path! : throw new FormatException($"'{t}' is not a path."));

    public static bool TryParse(string text, out ProviderPath? path)
    {
        var reader = new PathReader(text);
        path = reader.ReadAll() is { Length: > 0 } segments ? new ProviderPath(segments) : null;
        return path is not null;
    }

    /// <summary>The value in <paramref name="root"/>, or null where the path leads nowhere or to null.</summary>
    /// <param name="root">The answer.</param>
    /// <param name="skipHead">The first segment's name was the answer's own.</param>
    public JsonElement? Read(JsonElement root, bool skipHead = false)
    {
        JsonElement current = root;
        for (int i = 0; i < segments.Length; i++)
        {
            Segment segment = segments[i];
            if (segment.Name is { } name && !(skipHead && i == 0) && !TryStep(ref current, name))
            {
                return null;
            }

            if (segment.Filter is { } filter && !TrySelect(ref current, filter))
            {
                return null;
            }
        }

        return current.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : current;
    }

    private static bool TryStep(ref JsonElement current, string name)
    {
        if (current.ValueKind == JsonValueKind.Object)
        {
            return current.TryGetProperty(name, out current);
        }

        if (current.ValueKind != JsonValueKind.Array || !int.TryParse(name, out int index) || index < 0 || index >= current.GetArrayLength())
        {
            return false;
        }

        current = current[index];
        return true;
    }

    private static bool TrySelect(ref JsonElement current, KeyValuePair<string, string>[] filter)
    {
        // An object is a list of itself: a filter behind it asks for several flags at once.
        if (current.ValueKind == JsonValueKind.Object)
        {
            return Fits(current, filter);
        }

        if (current.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (JsonElement item in current.EnumerateArray())
        {
            if (Fits(item, filter))
            {
                current = item;
                return true;
            }
        }

        return false;
    }

    private static bool Fits(JsonElement item, KeyValuePair<string, string>[] filter) =>
        Array.TrueForAll(filter, f => item.ValueKind == JsonValueKind.Object
            && item.TryGetProperty(f.Key, out JsonElement value) && JsonText.Of(value) == f.Value);

    /// <summary>One step: by name or index, then to the first element that the filter fits.</summary>
    internal readonly record struct Segment(string? Name, KeyValuePair<string, string>[]? Filter);
}
