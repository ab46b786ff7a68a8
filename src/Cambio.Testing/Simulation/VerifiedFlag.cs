using System.Text.Json;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>Takes back in an answer what says that the e-mail address was verified, wherever the definition reads it.</summary>
internal static class VerifiedFlag
{
    /// <summary>Clears the flag.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="name">Its name.</param>
    /// <param name="main">The name of the answer that unprefixed paths read.</param>
    /// <param name="sources">Where the definition reads the flag; null for its standard name.</param>
    public static void Clear(JsonNode? answer, string name, string main, TextList? sources)
    {
        foreach (string source in sources ?? ["email_verified"])
        {
            string[] parts = source.Split('|', StringSplitOptions.TrimEntries);
            if (!source.StartsWith('=') && !ProviderTemplate.IsTemplate(source) && new PathReader(parts[0]).ReadAll() is { } path)
            {
                bool isPrefixed = path[0].Name == name;
                if (isPrefixed || name == main)
                {
                    Clear(answer, isPrefixed ? path : [new(null, null), .. path], isPresence: parts.Contains("present"));
                }
            }
        }
    }

    private static void Clear(JsonNode? node, ProviderPath.Segment[] path, bool isPresence)
    {
        for (int i = 0; i < path.Length && node is not null; i++)
        {
            ProviderPath.Segment segment = path[i];
            if (i > 0 && segment.Filter is null && i == path.Length - 1)
            {
                Set(node as JsonObject, segment.Name!, isPresence);
                return;
            }

            node = i > 0 && segment.Name is { } member ? Step(node, member) : node;
            if (segment.Filter is [.., var (flag, _)])
            {
                foreach (JsonNode? item in node is JsonArray list ? list : (IEnumerable<JsonNode?>)[node])
                {
                    Set(item as JsonObject, flag, isPresence: false);
                }

                return;
            }
        }
    }

    private static JsonNode? Step(JsonNode node, string member) => node switch
    {
        JsonObject o => o[member],
        JsonArray a when int.TryParse(member, out int index) && index < a.Count => a[index],
        _ => null,
    };

    private static void Set(JsonObject? parent, string member, bool isPresence)
    {
        if (parent?[member] is { } value)
        {
            parent[member] = isPresence ? null : value.GetValueKind() switch
            {
                JsonValueKind.String => "false",
                JsonValueKind.Number => 0,
                _ => false,
            };
        }
    }
}
