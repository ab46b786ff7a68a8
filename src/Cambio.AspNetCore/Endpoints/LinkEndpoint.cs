using System.Security.Claims;
using Cambio.AspNetCore.Answers;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>POST /auth/{provider}/link</c>: an exchange that links the identity to the signed-in user. Issues no token.</summary>
internal static class LinkEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapPostDoor("/{provider}/link", HandleAsync)
            .RequireBearer()
            .WithName("Link")
            .WithSummary("Links the identity behind a provider's access token, ID token or code to the signed-in user, or finishes a link by redirect (link_code)")
            .WithMetadata(new RequestDescription(typeof(ExchangeForm), "application/json", RequestDescription.Form))
            .Produces<ExchangeAnswer>()
            .ProducesRefusals(400, 401, 403, 404, 409, 413, 415, 502, 503);

    private static async Task<IResult> HandleAsync(
        string provider,
        ClaimsPrincipal me,
        HttpContext context,
        [FromServices] Sessions sessions,
        [FromServices] ExchangeCall call,
        CancellationToken cancellationToken)
    {
        PendingAct.Begin(context, "link");
        Result<SessionLookup> caller = await sessions.FindAsync(me, cancellationToken);
        PendingAct.End(context);
        return caller.IsSuccess
            ? await call.AnswerAsync(provider, client: null, caller.Value.Account.User, context, cancellationToken)
            : new ErrorResponse(caller.Error);
    }
}
