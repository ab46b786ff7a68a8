using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>Puts the refresh token of this sign-in where a case has one: each sign-in has its own.</summary>
internal static class RefreshTokenMember
{
    private const string Name = "refresh_token";

    /// <summary>The answer with this refresh token in place of its own; without any where there is none to give.</summary>
    public static SimulatedAnswer Set(SimulatedAnswer answer, TokenRequestDefinition definition, string? refreshToken)
    {
        JsonNode? body = JsonNode.Parse(answer.Body);
        JsonNode? inside = (definition.Unwrap?.Split('.') ?? []).Aggregate(body, static (node, name) => (node as JsonObject)?[name]);
        string[] names = [.. definition.Map.GetValueOrDefault(Name) ?? [Name]];
        if (inside is not JsonObject members || Array.Find(names, members.ContainsKey) is not { } name)
        {
            return answer;
        }

        members.Remove(name);
        if (refreshToken is not null)
        {
            members[name] = refreshToken;
        }

        return SimulatedAnswer.Json(answer.Status, body);
    }
}
