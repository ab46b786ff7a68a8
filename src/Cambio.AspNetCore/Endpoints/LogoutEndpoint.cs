using System.Security.Claims;
using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Cookies;
using Cambio.AspNetCore.Requests;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>
/// <c>POST /auth/logout</c>: ends the session of the bearer or cookie, or with <c>everywhere=true</c> all of its user; a cookie is taken back.
/// May be repeated while the bearer has not expired; a session that has ended ends nothing more.
/// </summary>
internal static class LogoutEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapPostDoor("/logout", HandleAsync)
            .RequireBearer()
            .WithName("Logout")
            .WithSummary("Ends the session of the bearer or cookie, or with the query parameter everywhere=true all sessions of its user")
            .Produces(204)
            .ProducesRefusals(400, 401, 403, 503);

    private static async Task<IResult> HandleAsync(
        ClaimsPrincipal me,
        HttpContext context,
        [FromServices] Sessions sessions,
        [FromServices] SessionCookies cookies,
        [FromServices] AuditTrail audit,
        CancellationToken cancellationToken)
    {
        PendingAct.Begin(context, "logout");
        Result<SessionLookup> caller = await sessions.FindAsync(me, cancellationToken);
        if (caller.Error is { } error && error.Reason != SessionRule.Ended)
        {
            return new ErrorResponse(error);
        }

        var user = new UserRef(me.FindFirstValue("sub")!);
        string session = me.FindFirstValue("sid")!;
        var act = new Act("logout", user.Id, session, CallerAddress.Of(context));
        if (!QueryText.TryRead(context.Request, "everywhere", out string? everywhere) || everywhere is not (null or "true" or "false"))
        {
            return act.End<bool>(ExchangeError.InvalidRequest("everywhere must be true or false, once, or left out."), "", audit);
        }

        IResult answer = !caller.IsSuccess ? act.End<bool>(true, "SessionHadEnded", audit)
            : everywhere == "true" ? act.End(await sessions.EndAllAsync(user, cancellationToken), "EndedAllSessions", audit)
            : End(act, await sessions.EndAsync(user, session, cancellationToken), audit);
        await cookies.SignOutAsync(context);
        return answer;
    }

    private static IResult End(Act act, Result<bool> ended, AuditTrail audit) =>
        ended.Error?.Code == ErrorCodes.NotFound
            ? act.End<bool>(true, "SessionHadEnded", audit)
            : act.End(ended, "EndedSession", audit);
}
