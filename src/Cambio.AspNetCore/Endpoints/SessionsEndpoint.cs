using System.Security.Claims;
using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Cookies;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>GET /auth/me/sessions</c>, <c>DELETE /auth/me/sessions/{id}</c>: where the user is signed in.</summary>
internal static class SessionsEndpoint
{
    public static void Map(IEndpointRouteBuilder doors)
    {
        new Door(doors, "/me/sessions").Get(ListAsync)
            .RequireBearer()
            .WithName("Sessions")
            .WithSummary("Where the user is signed in, last used first")
            .Produces<SessionsAnswer>()
            .ProducesRefusals(401, 503);
        new Door(doors, "/me/sessions/{id}").Delete(EndAsync)
            .RequireBearer()
            .WithName("EndSession")
            .WithSummary("Ends one session of the user")
            .Produces(204)
            .ProducesRefusals(401, 403, 404, 503);
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal me, [FromServices] Sessions sessions, CancellationToken cancellationToken)
    {
        Result<SessionLookup> caller = await sessions.FindAsync(me, cancellationToken);
        if (!caller.IsSuccess)
        {
            return new ErrorResponse(caller.Error);
        }

        IReadOnlyList<Session> open = await sessions.ListAsync(caller.Value.Account.User, cancellationToken);
        return new JsonAnswer<SessionsAnswer>(
            new([.. open.Select(session => OpenSession.From(session, caller.Value.Session))]), AnswerJson.Default.SessionsAnswer);
    }

    private static async Task<IResult> EndAsync(
        string id,
        ClaimsPrincipal me,
        HttpContext context,
        [FromServices] Sessions sessions,
        [FromServices] SessionCookies cookies,
        [FromServices] AuditTrail audit,
        CancellationToken cancellationToken)
    {
        PendingAct.Begin(context, "logout");
        Result<SessionLookup> caller = await sessions.FindAsync(me, cancellationToken);
        if (!caller.IsSuccess)
        {
            return new ErrorResponse(caller.Error);
        }

        Result<bool> ended = await sessions.EndAsync(caller.Value.Account.User, id, cancellationToken);
        if (ended.IsSuccess && id == caller.Value.Session.Id)
        {
            await cookies.SignOutAsync(context);
        }

        return (Act.Of("logout", caller.Value.Session, context) with { SessionId = id }).End(ended, "EndedSession", audit);
    }
}
