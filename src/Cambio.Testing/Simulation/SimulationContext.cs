using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>What the endpoints of one simulated provider share.</summary>
internal sealed class SimulationContext
{
    /// <summary>The provider's id.</summary>
    public required string Id { get; init; }

    public required ProviderDefinition Definition { get; init; }

    /// <summary>The case that plays users who are not on record.</summary>
    public required CatalogCase Default { get; init; }

    /// <summary>Values of the definition's variables.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required SimulatedClients Clients { get; init; }

    public required ClientCheck ClientCheck { get; init; }

    public required GrantLedger Tokens { get; init; }

    public required GrantLedger Codes { get; init; }

    public required GrantLedger RefreshTokens { get; init; }

    /// <summary>Whether a refresh token is good for one use.</summary>
    public required Func<bool> RotatesRefreshTokens { get; init; }

    /// <summary>Whether authorization answers say whose they are (RFC 9207).</summary>
    public required Func<bool> SendsIssuer { get; init; }

    public required SimulatorKeys Keys { get; init; }

    public required JwtMaker Jwts { get; init; }

    public required IdTokenMaker IdTokens { get; init; }

    public required AccessTokenMaker AccessTokens { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The issuer that authorization answers name; null for none.</summary>
    public string? ResponseIssuer => SendsIssuer() ? Fill(Definition.Issuer) : null;

    /// <summary>A template with the variables filled in.</summary>
    public string? Fill(string? template) => Variables.Aggregate(
        template, static (text, variable) => text?.Replace($"{{{variable.Key}}}", variable.Value, StringComparison.Ordinal));

    /// <summary>The answer that the grant's case has under this name; 404 where it has none.</summary>
    public SimulatedAnswer Answer(string name, Grant grant, string? accessToken = null, string? idToken = null)
    {
        var placeholders = new Placeholders(Time.GetUtcNow(), grant.ClientId, Clients.VariablesOf(grant.ClientId, Variables), accessToken, idToken);
        return grant.Case.Answers.ContainsKey(name)
            ? SimulatedAnswer.Json(grant.Case.Statuses.GetValueOrDefault(name, 200), CaseAnswer.Make(Definition, grant, name, placeholders))
            : SimulatedAnswer.Json(404, new JsonObject { ["error"] = "not_found" });
    }

    /// <summary>A new access token for what was granted, and the answer that brings it.</summary>
    /// <param name="granted">What was granted.</param>
    /// <param name="name">The answer of the case; <c>token</c> where it has none of that name.</param>
    /// <param name="definition">How the answer is written.</param>
    /// <param name="refreshToken">The refresh token in it; null for none.</param>
    public SimulatedAnswer Issue(Grant granted, string name, TokenRequestDefinition definition, string? refreshToken)
    {
        Grant grant = granted with { Value = AccessTokens.Make(granted), ExpiresAt = Time.GetUtcNow() + FakeProvider.Lifetime };
        Tokens.Add(grant);
        SimulatedAnswer answer = Answer(grant.Case.Answers.ContainsKey(name) ? name : "token", grant, grant.Value, IdTokens.Make(grant, grant.Value));
        return RefreshTokenMember.Set(answer, definition, refreshToken).As(definition.Response ?? ResponseFormat.Json);
    }

    /// <summary>A new refresh token for what was granted.</summary>
    public string NewRefreshToken(Grant granted)
    {
        Grant grant = granted with { Value = FakeProvider.NewToken(), ExpiresAt = DateTimeOffset.MaxValue };
        RefreshTokens.Add(grant);
        return grant.Value;
    }

    /// <summary>An answer as the provider signs it for an application (OpenID Connect Core 5.3.2).</summary>
    public SimulatedAnswer Signed(SimulatedAnswer answer, string clientId)
    {
        if (answer.Status != 200 || JsonNode.Parse(answer.Body) is not JsonObject claims)
        {
            return answer;
        }

        Jwts.AddIssuer(claims, Definition.IdToken?.Issuers ?? [], clientId);
        JwtMaker.Add(claims, "aud", clientId);
        return new SimulatedAnswer(200, Encoding.ASCII.GetBytes(Jwts.SignFor(clientId, claims)), "application/jwt");
    }

    /// <summary>How the provider refuses there: as its default case records it, else in the standard's words.</summary>
    public SimulatedAnswer Refuse(string name, SimulatedAnswer standard)
    {
        string refused = $"{name}_refused";
        return Default.Answers.TryGetValue(refused, out JsonElement body)
            ? SimulatedAnswer.Json(Default.Statuses.GetValueOrDefault(refused, 200), JsonNode.Parse(body.GetRawText()))
            : standard;
    }
}
