using System.Text.Json;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Fills in the templates in the strings of a JSON body.</summary>
internal static class JsonTemplate
{
    /// <summary>Fills them in place; false when one names something that is not known.</summary>
    public static bool TryFill(JsonNode? node, AnswerScope scope) => node switch
    {
        JsonObject members => members.ToArray().All(member => TryFill(member.Value, scope, filled => members[member.Key] = filled)),
        JsonArray items => Enumerable.Range(0, items.Count).All(i => TryFill(items[i], scope, filled => items[i] = filled)),
        _ => true,
    };

    private static bool TryFill(JsonNode? node, AnswerScope scope, Action<JsonNode> replace)
    {
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
        {
            return TryFill(node, scope);
        }

        if (ProviderTemplate.Fill(value.GetValue<string>(), scope) is not { } text)
        {
            return false;
        }

        replace(JsonValue.Create(text));
        return true;
    }
}
