using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>The token endpoint: redeems codes (RFC 6749 4.1.3, RFC 7636 4.6).</summary>
internal sealed class TokenAnswers(SimulationContext context)
{
    private const string Name = "token";

    public SimulatedAnswer Answer(SimulatedRequest request)
    {
        TokenRequestDefinition definition = context.Definition.Token;
        var parameters = new TokenParameters(definition, request);
        if (parameters.Unwanted() is { } unwanted)
        {
            return SimulatedAnswer.Refusal(400, "invalid_request", $"{unwanted} is not taken here.");
        }

        if (parameters.IsOmitted("code"))
        {
            return ForApplication(request, parameters);
        }

        if (!parameters.HasConstants(context.Variables))
        {
            return SimulatedAnswer.Refusal(400, "invalid_request", "A parameter or header that is always sent is missing.");
        }

        if (context.ClientCheck.Authenticate(request, parameters) is not { } client)
        {
            return SimulatedAnswer.Refusal(401, "invalid_client", "The client is unknown, or its secret is wrong.");
        }

        if (RequestSignature.IsMissing(context, request, client, accessToken: null))
        {
            return SimulatedAnswer.Refusal(401, "invalid_client", "The request is not signed, or not by this client.");
        }

        if (!parameters.IsOmitted("grant_type") && parameters["grant_type"] != "authorization_code")
        {
            return SimulatedAnswer.Refusal(400, "unsupported_grant_type", "Only authorization_code is played.");
        }

        // Looked up is spent, whatever comes of it: a code is good for one try.
        return context.Codes.Take(parameters["code"]) is { } code && IsRedeemedBy(code, client, parameters)
            ? Grant(code)
            : context.Refuse(Name, SimulatedAnswer.Refusal(400, "invalid_grant", "The code is unknown, spent, or was issued to somebody else."));
    }

    // Some give a token to the application, and the code tells later whose sign-in it was.
    private SimulatedAnswer ForApplication(SimulatedRequest request, TokenParameters parameters) =>
        parameters.HasConstants(context.Variables) && context.ClientCheck.Authenticate(request, parameters) is { } client
            ? Grant(new Grant { Value = "", ClientId = client, Case = context.Default, ExpiresAt = context.Time.GetUtcNow() })
            : SimulatedAnswer.Refusal(401, "invalid_client", "The client is unknown, or its secret is wrong.");

    private SimulatedAnswer Grant(Grant code)
    {
        Grant grant = code with { Family = FakeProvider.NewToken() };
        return context.Issue(grant, Name, context.Definition.Token, refreshToken: context.NewRefreshToken(grant));
    }

    private bool IsRedeemedBy(Grant code, string client, TokenParameters parameters)
    {
        string? verifier = parameters["code_verifier"];
        return code.ClientId == client
            && parameters.HasConstants(context.Variables.Concat(code.Callback.Select(p => KeyValuePair.Create($"callback.{p.Key}", p.Value))).ToDictionary())
            && (code.RedirectUri is null || parameters.IsOmitted("redirect_uri") || parameters["redirect_uri"] == code.RedirectUri)

            // RFC 9700 2.1.1: no verifier without a challenge, no challenge without a verifier.
            && (code.Challenge is null ? verifier is null : verifier is not null && Challenge(verifier) == code.Challenge);
    }

    /// <summary>The S256 challenge of a verifier.</summary>
    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
