using System.Collections.Frozen;
using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Identities;

/// <summary>The closed set of words that may stand behind a <c>|</c> in a claim's source; <c>catalog/README.md</c> explains each.</summary>
internal static class Transforms
{
    private static readonly FrozenDictionary<string, Transform> All = new Dictionary<string, Transform>(StringComparer.Ordinal)
    {
        ["present"] = new(static element => IsPresent(element) ? "true" : "false", static text => text is { Length: > 0 } ? "true" : "false"),
        ["lower"] = Text(static text => text.ToLowerInvariant()),
        ["dash"] = Text(static text => text.Replace('_', '-')),
        ["tail"] = Text(static text => text[(text.LastIndexOfAny([':', '/']) + 1)..]),
        ["first"] = new(static element => element is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? JsonText.Of(list[0]) : null, static text => text),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => All.Keys;

    public static Transform Find(string name) =>
        All.GetValueOrDefault(name) ?? throw new FormatException($"'{name}' is not a transform; known are {string.Join(", ", All.Keys)}.");

    private static Transform Text(Func<string, string> change) =>
        new(element => element is { } value && JsonText.Of(value) is { } text ? change(text) : null, text => text is null ? null : change(text));

    private static bool IsPresent(JsonElement? element) =>
        element is { } value && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False) && !(value.ValueKind == JsonValueKind.String && JsonText.Of(value) is "");
}

/// <summary>A change of one value, before or after it has become text.</summary>
internal sealed record Transform(Func<JsonElement?, string?> OfElement, Func<string?, string?> OfText);
