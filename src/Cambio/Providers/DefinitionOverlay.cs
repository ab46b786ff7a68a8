using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Cambio.Providers;

/// <summary>
/// Lays the settings below <c>Cambio:Providers:{id}:Definition</c> over a definition's JSON, key by key. Keys and words may be written in
/// any case; an empty value takes a key away; a name that a map does not have yet stays as it was typed, save <c>profile</c>.
/// </summary>
internal sealed class DefinitionOverlay(List<string> mistakes)
{
    /// <summary>Changes <paramref name="target"/>; what does not fit is added to the mistakes and left out.</summary>
    public void Apply(JsonObject target, IConfigurationSection settings) => Apply(target, settings, DefinitionShape.Root);

    private void Apply(JsonObject target, IConfigurationSection settings, DefinitionShape shape)
    {
        foreach (IConfigurationSection setting in settings.GetChildren())
        {
            if (FindKey(target, setting.Key, shape) is not { } key)
            {
                mistakes.Add($"{setting.Path} is not a key of a definition.{Nearest.Hint(setting.Key, shape.Names)}");
            }
            else if (setting.Value is null or "" && !setting.GetChildren().Any())
            {
                target.Remove(key);
            }
            else if (Convert(target[key], setting, shape.Kind == ShapeKind.Map ? shape.Element! : shape.Member(key)) is { } node)
            {
                target[key] = node;
            }
        }
    }

    private static string? FindKey(JsonObject target, string typed, DefinitionShape shape) =>
        shape.Kind == ShapeKind.Record
            ? shape.Names.FirstOrDefault(name => name.Equals(typed, StringComparison.OrdinalIgnoreCase))
            : shape.Element?.Kind == ShapeKind.Record && ProviderDefinition.Profile.Equals(typed, StringComparison.OrdinalIgnoreCase) ? ProviderDefinition.Profile
            : FindName(target, typed);

    private static string FindName(JsonObject target, string typed) =>
        target.Select(member => member.Key).FirstOrDefault(name => name.Equals(typed, StringComparison.OrdinalIgnoreCase)) ?? typed;

    private JsonNode? Convert(JsonNode? known, IConfigurationSection setting, DefinitionShape? shape)
    {
        if (setting.GetChildren().Any(child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return Mistake($"{setting.Path} is a list; write one text, its items separated by spaces or commas.");
        }

        bool isSection = setting.GetChildren().Any();
        if (shape is { Kind: ShapeKind.Record or ShapeKind.Map or ShapeKind.Json } || (shape is null && isSection))
        {
            return isSection ? Merge(known, setting, shape) : Mistake($"{setting.Path} is a section; set the keys below it.");
        }

        return isSection ? Mistake($"{setting.Path} is one value; it has no keys below it.") : Scalar(setting, shape);
    }

    private JsonObject Merge(JsonNode? known, IConfigurationSection setting, DefinitionShape? shape)
    {
        JsonObject members = known?.DeepClone() as JsonObject ?? [];
        if (shape is { Kind: not ShapeKind.Json })
        {
            Apply(members, setting, shape);
            return members;
        }

        foreach (IConfigurationSection child in setting.GetChildren())
        {
            string key = FindName(members, child.Key);
            if (Convert(members[key], child, null) is { } node)
            {
                members[key] = node;
            }
        }

        return members;
    }

    private JsonNode? Scalar(IConfigurationSection setting, DefinitionShape? shape)
    {
        string value = setting.Value!;
        switch (shape?.Kind)
        {
            case ShapeKind.Text:
                return JsonValue.Create(value);
            case ShapeKind.List:
                return new JsonArray([.. SettingsList.Split(value).Select(item => JsonValue.Create(item))]);
            case ShapeKind.Flag:
                return bool.TryParse(value, out bool flag) ? JsonValue.Create(flag) : Mistake($"{setting.Path} must be {shape.Describe()}.");
            case ShapeKind.Count:
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                    ? JsonValue.Create(count)
                    : Mistake($"{setting.Path} must be {shape.Describe()}.");
            case ShapeKind.Word:
                string? word = shape.Words.FirstOrDefault(w => w.Equals(value, StringComparison.OrdinalIgnoreCase));
                return word is null ? Mistake($"{setting.Path} must be {shape.Describe()}.") : JsonValue.Create(word);
            default:
                return bool.TryParse(value, out bool truth) ? JsonValue.Create(truth)
                    : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? JsonValue.Create(number)
                    : JsonValue.Create(value);
        }
    }

    private JsonNode? Mistake(string sentence)
    {
        mistakes.Add(sentence);
        return null;
    }
}
