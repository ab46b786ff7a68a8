using System.Text.Json;
using System.Text.Json.Nodes;
using Cambio.Providers;
using Cambio.Testing;

namespace Cambio.Tests.Catalog;

/// <summary>Takes the user's id out of a case, wherever the definition reads it, and puts something worthless in its place.</summary>
internal static class Withheld
{
    private static readonly TextList StandardName = ["sub"];

    /// <summary>What can stand where an id should: nothing, null, an empty text, a blank one, zero, a truth, an object.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["missing", "null", "\"\"", "\" \"", "0", "false", "{}"];

    /// <summary>The case without its user's id.</summary>
    public static CatalogCase From(CatalogCase full, ProviderDefinition definition, string way)
    {
        Dictionary<string, JsonNode> answers = full.Answers.ToDictionary(a => a.Key, a => JsonNode.Parse(a.Value.GetRawText())!, StringComparer.Ordinal);
        string root = definition.Userinfo.Count > 0 || definition.Issuer is not null ? "profile" : "token";
        Dictionary<string, string> wrapped = definition.Userinfo.Where(call => call.Value.Unwrap is not null).ToDictionary(call => call.Key, call => call.Value.Unwrap!);
        if (definition.Token.Unwrap is { } unwrap)
        {
            wrapped["token"] = unwrap;
        }

        int taken = Take(answers, wrapped, definition.Claims?.Sub ?? StandardName, root, way);
        taken += definition.ProfileIsProof() ? Take(answers, wrapped, definition.Claims?.Sub ?? StandardName, "proof", way) : 0;
        taken += definition.IdToken is null ? 0 : Take(answers, wrapped, definition.IdToken.Claims?.Sub ?? StandardName, "id_token", way);
        Assert.True(taken > 0, "The case has no id where the definition reads it.");
        return full with { Answers = answers.ToDictionary(a => a.Key, a => JsonSerializer.SerializeToElement(a.Value), StringComparer.Ordinal) };
    }

    private static int Take(Dictionary<string, JsonNode> answers, Dictionary<string, string> wrapped, TextList sources, string root, string way)
    {
        IEnumerable<string> expressions = sources.Select(source => source.Split('|', StringSplitOptions.TrimEntries)[0]);
        return expressions.SelectMany(e => ProviderTemplate.IsTemplate(e) ? ProviderTemplate.Names(e) : [e]).ToArray().Count(path => Take(answers, wrapped, path, root, way));
    }

    private static bool Take(Dictionary<string, JsonNode> answers, Dictionary<string, string> wrapped, string text, string root, string way)
    {
        ProviderPath.Segment[] path = Segments(text);
        bool isPrefixed = path.Length > 1 && path[0].Name is { } head && path[0].Filter is null && answers.ContainsKey(head);
        string name = isPrefixed ? path[0].Name! : root;
        ProviderPath.Segment[] outer = wrapped.TryGetValue(name, out string? unwrap) ? Segments(unwrap) : [];
        return answers.TryGetValue(name, out JsonNode? answer) && Replace(answer, [.. outer, .. path[(isPrefixed ? 1 : 0)..]], way);
    }

    private static ProviderPath.Segment[] Segments(string path) => new PathReader(path).ReadAll()!;

    private static bool Replace(JsonNode? node, ProviderPath.Segment[] path, string way)
    {
        foreach (ProviderPath.Segment segment in path[..^1])
        {
            node = Select(segment.Name is { } name ? Step(node, name) : node, segment.Filter);
        }

        ProviderPath.Segment last = path[^1];
        JsonNode? value = way == "missing" ? null : JsonNode.Parse(way);
        if (node is JsonArray list && int.TryParse(last.Name, out int index) && index < list.Count)
        {
            list[index] = value;
            return true;
        }

        if (node is not JsonObject parent || !parent.ContainsKey(last.Name!))
        {
            return false;
        }

        parent.Remove(last.Name!);
        if (way != "missing")
        {
            parent[last.Name!] = value;
        }

        return true;
    }

    private static JsonNode? Step(JsonNode? node, string name) => node switch
    {
        JsonObject o => o[name],
        JsonArray a when int.TryParse(name, out int index) && index < a.Count => a[index],
        _ => null,
    };

    private static JsonNode? Select(JsonNode? node, KeyValuePair<string, string>[]? filter) => filter is null ? node
        : (node as JsonArray)?.FirstOrDefault(item => filter.All(f => item?[f.Key]?.ToString().Equals(f.Value, StringComparison.OrdinalIgnoreCase) ?? false));
}
