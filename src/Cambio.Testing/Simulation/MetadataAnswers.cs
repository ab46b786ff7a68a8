using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>The documents that a provider publishes: its metadata (OpenID Connect Discovery 3) and its keys.</summary>
internal sealed class MetadataAnswers(SimulationContext context, IReadOnlyList<SimulatedEndpoint> endpoints)
{
    public SimulatedAnswer Keys() => SimulatedAnswer.Json(200, context.Keys.Document());

    public SimulatedAnswer Discovery()
    {
        var document = new JsonObject
        {
            ["issuer"] = context.Fill(context.Definition.Issuer),
            ["response_types_supported"] = new JsonArray("code"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray(context.Keys.Current.PublicKey["alg"]!.DeepClone()),
            ["scopes_supported"] = new JsonArray([.. context.Definition.Authorization.Scope.Select(scope => JsonValue.Create(scope))]),
        };
        Add(document, "authorization_endpoint", endpoint => endpoint.Kind == EndpointKind.Authorization);
        Add(document, "token_endpoint", endpoint => endpoint.Kind == EndpointKind.Token);
        Add(document, "userinfo_endpoint", endpoint => endpoint is { Kind: EndpointKind.Userinfo, Name: ProviderDefinition.Profile });
        Add(document, "jwks_uri", endpoint => endpoint.Kind == EndpointKind.Keys);
        Add(document, "introspection_endpoint", endpoint => endpoint.Kind == EndpointKind.Introspection);
        Add(document, "revocation_endpoint", endpoint => endpoint.Kind == EndpointKind.Revocation);
        if (context.Definition.Authorization.Pkce is not false)
        {
            document["code_challenge_methods_supported"] = new JsonArray("S256");
        }

        if (context.ResponseIssuer is not null)
        {
            document["authorization_response_iss_parameter_supported"] = true;
        }

        return SimulatedAnswer.Json(200, document);
    }

    private void Add(JsonObject document, string name, Func<SimulatedEndpoint, bool> isMeant)
    {
        if (endpoints.FirstOrDefault(isMeant) is { } endpoint)
        {
            document[name] = context.Fill(endpoint.Template);
        }
    }
}
