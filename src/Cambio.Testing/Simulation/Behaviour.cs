using Cambio.Testing.Simulation.Consent;

namespace Cambio.Testing.Simulation;

/// <summary>One simulated provider with all its endpoints, under one set of variables.</summary>
internal sealed class Behaviour
{
    private readonly TokenAnswers tokens;
    private readonly GrantAnswers grants;
    private readonly ResourceAnswers resources;
    private readonly MetadataAnswers metadata;

    public Behaviour(SimulationContext context)
    {
        Context = context;
        Endpoints = SimulatedEndpoint.All(context);
        tokens = new TokenAnswers(context);
        grants = new GrantAnswers(context);
        resources = new ResourceAnswers(context);
        metadata = new MetadataAnswers(context, Endpoints);
        Authorization = Endpoints.FirstOrDefault(endpoint => endpoint.Kind == EndpointKind.Authorization) is { } authorization
            ? new AuthorizationAnswers(context, authorization)
            : null;
    }

    public SimulationContext Context { get; }

    public IReadOnlyList<SimulatedEndpoint> Endpoints { get; }

    /// <summary>What the browser is sent to; null where the provider has no such place.</summary>
    public AuthorizationAnswers? Authorization { get; }

    public SimulatedAnswer Answer(SimulatedEndpoint endpoint, SimulatedRequest request)
    {
        if (endpoint.Kind == EndpointKind.Authorization)
        {
            return Authorization!.Answer(request);
        }

        if (request.Doubled.Count > 0)
        {
            return SimulatedAnswer.Refusal(400, "invalid_request", "A parameter is there twice.");
        }

        return endpoint.Kind switch
        {
            EndpointKind.Token => tokens.Answer(request),
            EndpointKind.Refresh => grants.Refresh(endpoint.Request!, request),
            EndpointKind.Extension => grants.Extend(endpoint.Request!, request),
            EndpointKind.Revocation => grants.Revoke(endpoint.Request!, request),
            EndpointKind.Userinfo => resources.Userinfo(endpoint, request),
            EndpointKind.Proof => resources.Proof(endpoint, request),
            EndpointKind.Introspection => resources.Introspection(endpoint, request),
            EndpointKind.Keys => metadata.Keys(),
            _ => metadata.Discovery(),
        };
    }

    /// <summary>Whether the call shows a client that is registered here; decides where nothing else does.</summary>
    public bool KnowsClient(SimulatedEndpoint endpoint, SimulatedRequest request) => endpoint.Kind == EndpointKind.Authorization
        ? Authorization!.KnowsClient(request)
        : (endpoint.Request ?? (endpoint.Kind == EndpointKind.Introspection ? Context.Definition.Token : null)) is { } words
        && (Context.Clients.Knows(AuthorizationHeader.Basic(request)?.Id) || Context.Clients.Knows(new TokenParameters(words, request)["client_id"]));

    /// <summary>Whether the call shows a token, code or client of this provider; decides where several share an address.</summary>
    public bool Recognizes(SimulatedEndpoint endpoint, SimulatedRequest request)
    {
        if (endpoint.Kind == EndpointKind.Authorization)
        {
            return Authorization!.Recognizes(request);
        }

        if (endpoint.Kind == EndpointKind.Token)
        {
            return Context.Codes.Find(new TokenParameters(Context.Definition.Token, request)["code"]) is not null;
        }

        if (endpoint.Request is { } words)
        {
            return grants.Find(words, request, out _) is not null;
        }

        var captures = new Captures();
        return endpoint.Address.Fits(request, captures) && endpoint.Call is { } call && call.Fits(request, captures)
            && Context.Tokens.Find(captures.AccessToken) is not null;
    }
}
