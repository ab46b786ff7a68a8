using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>One address of a provider and what stands there.</summary>
/// <param name="Name">What faults and the journal call it: <c>token</c>, <c>keys</c>, <c>discovery</c>, <c>proof</c>, or a userinfo call's own name.</param>
/// <param name="Kind">What stands there.</param>
/// <param name="Template">The address as it is published.</param>
/// <param name="Address">The address, to match with.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Call">The call that is expected, where the definition describes it.</param>
internal sealed record SimulatedEndpoint(string Name, EndpointKind Kind, string Template, AddressPattern Address, string Method, CallPattern? Call)
{
    /// <summary>Whether the request is made out to this endpoint.</summary>
    public bool IsAt(SimulatedRequest request) => request.Method == Method && Address.IsAt(request);

    /// <summary>Every endpoint of a provider; what discovery would name stands below the issuer.</summary>
    public static IReadOnlyList<SimulatedEndpoint> All(SimulationContext context)
    {
        ProviderDefinition definition = context.Definition;
        var list = new EndpointList(context, definition.Issuer?.TrimEnd('/'), definition.Token.Method);
        list.Add("token", EndpointKind.Token, definition.Token.Endpoint ?? definition.TokenEndpoint, "/token");
        list.Add("keys", EndpointKind.Keys, definition.JwksUri, "/jwks");
        list.Add("discovery", EndpointKind.Discovery, definition.ConfigurationEndpoint, "/.well-known/openid-configuration");
        if (definition.AccessTokenProof is { Kind: AccessTokenProofKind.Request or AccessTokenProofKind.Introspection } proof)
        {
            bool isIntrospection = proof.Kind == AccessTokenProofKind.Introspection;
            list.Add("proof", isIntrospection ? EndpointKind.Introspection : EndpointKind.Proof, proof.Request?.Url, "/introspect", proof.Request);
        }

        foreach ((string name, ProviderCallDefinition call) in definition.Userinfo)
        {
            list.Add(name, EndpointKind.Userinfo, call.Url, "/userinfo", call);
        }

        if (definition.Userinfo.Count == 0 && !definition.HasProfileInAccessToken)
        {
            list.Add(ProviderDefinition.Profile, EndpointKind.Userinfo, null, "/userinfo", new ProviderCallDefinition());
        }

        return list.Endpoints;
    }

    private sealed class EndpointList(SimulationContext context, string? issuer, CallMethod? tokenMethod)
    {
        public List<SimulatedEndpoint> Endpoints { get; } = [];

        public void Add(string name, EndpointKind kind, string? template, string discovered, ProviderCallDefinition? call = null)
        {
            string? published = template ?? (issuer is null ? null : issuer + discovered);
            if (AddressPattern.Of(published, context.Variables, context.Default) is { } address)
            {
                var pattern = call is null ? null : new CallPattern(call, context.Variables);
                Endpoints.Add(new(name, kind, published!, address, Method(kind, pattern), pattern));
            }
        }

        private string Method(EndpointKind kind, CallPattern? call) => kind switch
        {
            EndpointKind.Token => (tokenMethod ?? CallMethod.Post).ToString().ToUpperInvariant(),
            EndpointKind.Introspection => "POST",
            _ => call?.Method ?? "GET",
        };
    }
}

/// <summary>What can stand at an address.</summary>
internal enum EndpointKind
{
    /// <summary>RFC 6749 3.2.</summary>
    Token,

    /// <summary>A call that reads the identity.</summary>
    Userinfo,

    /// <summary>A call that tells to whom a token was issued.</summary>
    Proof,

    /// <summary>RFC 7662.</summary>
    Introspection,

    /// <summary>RFC 7517 5.</summary>
    Keys,

    /// <summary>OpenID Connect Discovery 4.</summary>
    Discovery,
}
