using System.Security.Claims;
using Cambio.AspNetCore.Answers;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>GET /auth/antiforgery</c>: the token that a page sends with every call by session cookie that may change something.</summary>
internal static class AntiforgeryEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapGetDoor("/antiforgery", HandleAsync)
            .RequireBearer()
            .WithName("Antiforgery")
            .WithSummary("The token to send with calls by session cookie that may change something, and the header to send it in")
            .Produces<AntiforgeryAnswer>()
            .ProducesRefusals(401, 503);

    private static async Task<IResult> HandleAsync(
        ClaimsPrincipal me, HttpContext context, [FromServices] Sessions sessions, [FromServices] IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        Result<SessionLookup> caller = await sessions.FindAsync(me, cancellationToken);
        if (!caller.IsSuccess)
        {
            return new ErrorResponse(caller.Error);
        }

        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(context);
        return new JsonAnswer<AntiforgeryAnswer>(new(tokens.RequestToken!, tokens.HeaderName!), AnswerJson.Default.AntiforgeryAnswer);
    }
}
