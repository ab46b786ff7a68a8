using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>What becomes of tokens after a sign-in: refreshed (RFC 6749 6), extended, revoked (RFC 7009).</summary>
internal sealed class GrantAnswers(SimulationContext context)
{
    private const string Member = "refresh_token";

    /// <summary>New tokens for a refresh token, or for an access token where that renews itself.</summary>
    public SimulatedAnswer Refresh(TokenRequestDefinition definition, SimulatedRequest request)
    {
        var parameters = new TokenParameters(definition, request);
        if (Refusal(definition, request, parameters, out Grant? grant) is { } refusal)
        {
            return refusal;
        }

        if (grant is null)
        {
            return SimulatedAnswer.Refusal(400, "invalid_grant", "The token is unknown, spent, or was issued to somebody else.");
        }

        bool isRotated = definition is { ShowsToken: false } && context.RotatesRefreshTokens();
        if (isRotated)
        {
            context.RefreshTokens.Take(grant.Value);
        }

        return context.Issue(grant, "refresh", definition, isRotated ? context.NewRefreshToken(grant) : null);
    }

    /// <summary>A long-lived access token for a short-lived one.</summary>
    public SimulatedAnswer Extend(TokenRequestDefinition definition, SimulatedRequest request)
    {
        var parameters = new TokenParameters(definition, request);
        return Refusal(definition, request, parameters, out Grant? grant)
            ?? (grant is null
                ? SimulatedAnswer.Refusal(400, "invalid_grant", "The token is unknown or was issued to somebody else.")
                : context.Issue(grant, "extension", definition, refreshToken: null));
    }

    /// <summary>Ends a token; with a refresh token all of its sign-in. RFC 7009 2.2: what is unknown is ended already, and there is nothing to say.</summary>
    public SimulatedAnswer Revoke(TokenRequestDefinition definition, SimulatedRequest request)
    {
        var parameters = new TokenParameters(definition, request);
        if (Refusal(definition, request, parameters, out Grant? grant) is { } refusal)
        {
            return refusal;
        }

        if (grant is not null)
        {
            context.Tokens.RemoveFamily(grant.Family);
            context.RefreshTokens.RemoveFamily(grant.Family);
        }

        return new SimulatedAnswer(200, []);
    }

    /// <summary>Whose token a request shows, wherever the definition lets it stand; null for none that is good.</summary>
    public Grant? Find(TokenRequestDefinition definition, SimulatedRequest request, out Captures captures)
    {
        var parameters = new TokenParameters(definition, request);
        captures = new Captures();
        parameters.HasConstants(context.Variables, captures);
        string? shown = captures.AccessToken ?? parameters[Member] ?? parameters["token"];
        return context.RefreshTokens.Find(shown) ?? context.Tokens.Find(shown);
    }

    private SimulatedAnswer? Refusal(TokenRequestDefinition definition, SimulatedRequest request, TokenParameters parameters, out Grant? grant)
    {
        grant = Find(definition, request, out Captures captures);
        if (parameters.Unwanted() is { } unwanted)
        {
            return SimulatedAnswer.Refusal(400, "invalid_request", $"{unwanted} is not taken here.");
        }

        if (!parameters.HasConstants(context.Variables))
        {
            return SimulatedAnswer.Refusal(400, "invalid_request", "A parameter or header that is always sent is missing.");
        }

        bool isAnonymous = parameters.IsOmitted("client_id");
        string? client = isAnonymous ? grant?.ClientId : context.ClientCheck.Authenticate(request, parameters, definition);
        bool isWrong = isAnonymous
            ? grant is not null && definition.Auth is not ClientAuthenticationMethod.None && !parameters.IsOmitted("client_secret") && !context.Clients.Authenticates(client, parameters["client_secret"])
            : client is null;
        if (isWrong || (grant is not null && grant.ClientId != client))
        {
            return SimulatedAnswer.Refusal(401, "invalid_client", "The client is unknown, its secret is wrong, or the token is another's.");
        }

        string? token = definition.IsAuthorizedByToken ? captures.AccessToken : null;
        return client is not null && RequestSignature.IsMissing(context, request, client, token)
            ? SimulatedAnswer.Refusal(400, "invalid_secret_proof", "The request is not signed, or not by this client.")
            : null;
    }
}
