using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>The calls that a user's access token answers: userinfo, and the proof to whom the token was issued.</summary>
internal sealed class ResourceAnswers(SimulationContext context)
{
    private readonly bool profileIsProof = context.Definition.ProfileIsProof();

    /// <summary>Reads the identity.</summary>
    public SimulatedAnswer Userinfo(SimulatedEndpoint endpoint, SimulatedRequest request)
    {
        SimulatedAnswer refused = Refused(endpoint.Name, 401, "invalid_token");
        var captures = new Captures();
        if (!Fits(endpoint, request, captures))
        {
            return AuthorizationHeader.Bearer(request) is null && captures.AccessToken is null ? refused : Unplanned();
        }

        return FindGrant(captures) is { } grant && (captures.ClientId ?? grant.ClientId) == grant.ClientId
            ? RequestSignature.IsMissing(context, request, grant.ClientId, grant.Value) ? Refused(endpoint.Name, 400, "invalid_secret_proof") : Profile(endpoint, grant)
            : refused;
    }

    private SimulatedAnswer Profile(SimulatedEndpoint endpoint, Grant grant)
    {
        SimulatedAnswer answer = context.Answer(endpoint.Name, grant);
        return endpoint.Call?.Response switch
        {
            ResponseFormat.Jwt => context.Signed(answer, grant.ClientId),
            { } format => answer.As(format),
            null => answer,
        };
    }

    // A code beside the application's token is spent, and says for whom the application asks with that token from now on.
    private Grant? FindGrant(Captures captures)
    {
        Grant? token = context.Tokens.Find(captures.AccessToken);
        if (captures.Code is null || token is null)
        {
            return token;
        }

        Grant? code = context.Codes.Take(captures.Code);
        return code is null || code.ClientId != token.ClientId ? null : context.Tokens.Replace(code with { Value = token.Value, ExpiresAt = token.ExpiresAt });
    }

    /// <summary>Tells to whom a token was issued, to an application that shows who it is where the call says so.</summary>
    public SimulatedAnswer Proof(SimulatedEndpoint endpoint, SimulatedRequest request)
    {
        var captures = new Captures();
        if (!Fits(endpoint, request, captures))
        {
            return Unplanned();
        }

        if (captures.ClientSecret is not null && !context.Clients.Authenticates(captures.ClientId, captures.ClientSecret))
        {
            return SimulatedAnswer.Refusal(401, "invalid_client", "The client is unknown, or its secret is wrong.");
        }

        // Where the address names an application, a token of another one is not found there.
        var inAddress = new Captures();
        endpoint.Address.Fits(request, inAddress);
        return context.Tokens.Find(captures.AccessToken) is { } grant && (inAddress.ClientId ?? grant.ClientId) == grant.ClientId
            ? context.Answer(AnswerOf(endpoint, grant), grant, grant.Value).As(endpoint.Call?.Response ?? ResponseFormat.Json)
            : Refused(endpoint.Name, inAddress.ClientId is null ? 400 : 404, "invalid_token");
    }

    // Where both are one call, the profile is what it answers.
    private string AnswerOf(SimulatedEndpoint endpoint, Grant grant) =>
        profileIsProof && grant.Case.Answers.ContainsKey(ProviderDefinition.Profile) ? ProviderDefinition.Profile : endpoint.Name;

    /// <summary>RFC 7662 2.</summary>
    public SimulatedAnswer Introspection(SimulatedEndpoint endpoint, SimulatedRequest request)
    {
        var parameters = new TokenParameters(new(), request);
        if (context.ClientCheck.Authenticate(request, parameters) is null)
        {
            return SimulatedAnswer.Refusal(401, "invalid_client", "The client is unknown, or its secret is wrong.");
        }

        return context.Tokens.Find(parameters["token"]) is { } grant
            ? context.Answer(endpoint.Name, grant, grant.Value)
            : context.Refuse(endpoint.Name, SimulatedAnswer.Json(200, new JsonObject { ["active"] = false }));
    }

    private static bool Fits(SimulatedEndpoint endpoint, SimulatedRequest request, Captures captures) =>
        endpoint.Address.Fits(request, captures) & (endpoint.Call?.Fits(request, captures) ?? false);

    private SimulatedAnswer Refused(string name, int status, string error) => context.Refuse(name, SimulatedAnswer.Json(
        status, new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["status"] = error, ["message"] = "The access token is not good for this." } }));

    private static SimulatedAnswer Unplanned() => SimulatedAnswer.Refusal(400, "invalid_request", "The call is not the one that the definition describes.");
}
