using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>One address of a provider and what stands there.</summary>
/// <param name="Name">What faults and the journal call it: <c>authorization</c>, <c>token</c>, <c>refresh</c>, <c>extension</c>, <c>revocation</c>, <c>keys</c>, <c>discovery</c>, <c>proof</c>, or a userinfo call's own name.</param>
/// <param name="Kind">What stands there.</param>
/// <param name="Template">The address as it is published.</param>
/// <param name="Address">The address, to match with.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Call">The call that is expected, where the definition describes it.</param>
/// <param name="Request">The words of a token request, or of one like it.</param>
internal sealed record SimulatedEndpoint(
    string Name, EndpointKind Kind, string Template, AddressPattern Address, string Method, CallPattern? Call, TokenRequestDefinition? Request = null)
{
    private const string Refresh = "refresh_token";

    /// <summary>Whether the request is made out to this endpoint.</summary>
    public bool IsAt(SimulatedRequest request) => HasMethod(request) && Address.IsAt(request) && (Request is null || IsMeant(new(Request, request)));

    // Its page posts to its own address, request and all; what else is posted there may be meant for a token endpoint at the same address.
    private bool HasMethod(SimulatedRequest request) =>
        request.Method == Method || (Kind == EndpointKind.Authorization && request.Method == "POST" && request.Query.Count > 0);

    // Several of these may share an address; then the grant tells them apart (RFC 6749 4.1.3, 6).
    private bool IsMeant(TokenParameters parameters) => Kind switch
    {
        EndpointKind.Token => parameters["grant_type"] != Refresh,
        EndpointKind.Refresh or EndpointKind.Extension => parameters.IsOmitted("grant_type") || parameters.Constant("grant_type", Refresh) == parameters["grant_type"],
        _ => true,
    };

    /// <summary>Every endpoint of a provider; what discovery would name stands below the issuer.</summary>
    public static IReadOnlyList<SimulatedEndpoint> All(SimulationContext context)
    {
        ProviderDefinition definition = context.Definition;
        var list = new EndpointList(context, definition.Issuer?.TrimEnd('/'));
        list.Add("authorization", EndpointKind.Authorization, definition.AuthorizationEndpoint, "/authorize");
        list.Add("token", EndpointKind.Token, definition.Token, definition.TokenEndpoint, "/token");
        list.Add("refresh", EndpointKind.Refresh, definition.RefreshRequest, definition.TokenEndpoint, "/token");
        if (definition.ExtensionRequest is { } extension)
        {
            list.Add("extension", EndpointKind.Extension, extension, definition.TokenEndpoint, "/token");
        }

        if (definition.RevocationEndpoint is not null || definition.Revocation is not null)
        {
            list.Add("revocation", EndpointKind.Revocation, definition.RevocationRequest, definition.RevocationEndpoint, "/revoke");
        }

        list.Add("keys", EndpointKind.Keys, definition.JwksUri, "/jwks");
        foreach (string address in definition.Signals.Values.Select(signal => signal.JwksUri).OfType<string>().Except([definition.JwksUri]).OfType<string>())
        {
            list.Add("keys", EndpointKind.Keys, address, "/jwks");
        }

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

    private sealed class EndpointList(SimulationContext context, string? issuer)
    {
        public List<SimulatedEndpoint> Endpoints { get; } = [];

        public void Add(string name, EndpointKind kind, TokenRequestDefinition request, string? template, string discovered)
        {
            string? published = request.Endpoint ?? template ?? (issuer is null ? null : issuer + discovered);
            if (AddressPattern.Of(published, context.Variables, context.Default) is { } address)
            {
                Endpoints.Add(new(name, kind, published!, address, (request.Method ?? CallMethod.Post).ToString().ToUpperInvariant(), null, request));
            }
        }

        public void Add(string name, EndpointKind kind, string? template, string discovered, ProviderCallDefinition? call = null)
        {
            string? published = template ?? (issuer is null ? null : issuer + discovered);
            if (AddressPattern.Of(published, context.Variables, context.Default) is { } address)
            {
                var pattern = call is null ? null : new CallPattern(call, context.Variables);
                Endpoints.Add(new(name, kind, published!, address, Method(kind, pattern), pattern));
            }
        }

        private static string Method(EndpointKind kind, CallPattern? call) => kind == EndpointKind.Introspection ? "POST" : call?.Method ?? "GET";
    }
}

/// <summary>What can stand at an address.</summary>
internal enum EndpointKind
{
    /// <summary>RFC 6749 3.1.</summary>
    Authorization,

    /// <summary>RFC 6749 3.2.</summary>
    Token,

    /// <summary>RFC 6749 6.</summary>
    Refresh,

    /// <summary>A long-lived access token for a short-lived one.</summary>
    Extension,

    /// <summary>RFC 7009.</summary>
    Revocation,

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
