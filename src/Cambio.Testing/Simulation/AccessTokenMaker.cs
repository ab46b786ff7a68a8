using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>Makes access tokens: random text, or the signed claims of a case where the provider's are JWTs.</summary>
internal sealed class AccessTokenMaker(
    ProviderDefinition definition, IReadOnlyDictionary<string, string> variables, SimulatedClients clients, JwtMaker jwts, TimeProvider time)
{
    private const string Answer = "proof";

    /// <summary>A new one, never the same.</summary>
    public string Make(Grant grant)
    {
        var placeholders = new Placeholders(time.GetUtcNow(), grant.ClientId, clients.VariablesOf(grant.ClientId, variables));
        if (definition.AccessTokenProof is not { Kind: AccessTokenProofKind.Jwt } proof || CaseAnswer.Make(definition, grant, Answer, placeholders) is not JsonObject claims)
        {
            return FakeProvider.NewToken();
        }

        claims["jti"] = FakeProvider.NewToken();
        jwts.AddIssuer(claims, proof.Issuers, grant.ClientId);
        jwts.AddTimes(claims);
        return jwts.Sign(claims);
    }
}
