using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>POST /auth/introspect</c>: tells a confidential client, such as a resource server, whether a token of ours is good now (RFC 7662).</summary>
internal static class IntrospectEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapPostDoor("/introspect", HandleAsync)
            .WithName("Introspect")
            .WithSummary("Whether one of our tokens is good now, for confidential clients (RFC 7662)")
            .WithMetadata(new RequestDescription(typeof(PresentedTokenForm), RequestDescription.Form))
            .Produces<IntrospectionAnswer>()
            .ProducesOAuthRefusals(400, 401, 413, 415, 503);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        [FromServices] TokenInspection inspection,
        [FromServices] TokenParties parties,
        [FromServices] ClientGate gate,
        CancellationToken cancellationToken)
    {
        Result<OAuthForm> form = await OAuthForm.ReadAsync(context, cancellationToken);
        if (!form.IsSuccess)
        {
            return new ErrorResponse(form.Error);
        }

        // RFC 7662 2.1: without a client that is known, the endpoint would tell anybody which guess is a token.
        Result<string> token = gate.Authenticate(form.Value).Error is { } stranger ? stranger : form.Value.Require("token");
        if (!token.IsSuccess)
        {
            return new ErrorResponse(token.Error);
        }

        ActiveToken? active = await inspection.InspectAsync(token.Value, cancellationToken);
        return new JsonAnswer<IntrospectionAnswer>(
            active is null ? IntrospectionAnswer.Inactive : IntrospectionAnswer.Of(active, parties), AnswerJson.Default.IntrospectionAnswer);
    }
}
