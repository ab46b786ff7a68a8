using System.Text.Json;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>Makes one answer out of a case: the person's values, then the placeholders.</summary>
internal static class CaseAnswer
{
    private const string IdToken = "id_token";
    private const string Proof = "proof";

    /// <summary>The body, or null when the case has no such answer.</summary>
    public static JsonNode? Make(ProviderDefinition definition, Grant grant, string name, Placeholders placeholders)
    {
        if (!grant.Case.Answers.TryGetValue(name, out JsonElement template))
        {
            return null;
        }

        JsonNode? body = Fill(template, grant.Person, placeholders);
        if (grant.Person is { IsUnverified: true })
        {
            Unverify(definition, body, name);
        }

        return body;
    }

    /// <summary>The template filled in.</summary>
    public static JsonNode? Fill(JsonElement template, Person? person, Placeholders placeholders) => template.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(template.EnumerateObject()
            .Select(member => KeyValuePair.Create(member.Name, Fill(member.Value, person, placeholders)))),
        JsonValueKind.Array => new JsonArray([.. template.EnumerateArray().Select(item => Fill(item, person, placeholders))]),
        JsonValueKind.String => placeholders.Fill(person?.Text(template.GetString()!) ?? template.GetString()!),
        JsonValueKind.Number => JsonNode.Parse(person?.Number(template.GetRawText()) ?? template.GetRawText()),
        _ => JsonNode.Parse(template.GetRawText()),
    };

    private static void Unverify(ProviderDefinition definition, JsonNode? body, string name)
    {
        VerifiedFlag.Clear(body, name, definition.HasProfileInAccessToken ? Proof : ProviderDefinition.Profile, definition.Claims?.EmailVerified);
        if (name == IdToken)
        {
            VerifiedFlag.Clear(body, name, IdToken, definition.IdToken?.Claims?.EmailVerified);
        }
    }
}
