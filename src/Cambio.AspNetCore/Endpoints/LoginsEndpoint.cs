using System.Security.Claims;
using Cambio.Accounts;
using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Providers;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>GET /auth/me/logins</c>, <c>DELETE /auth/me/logins/{provider}</c>: the identities linked to the signed-in user.</summary>
internal static class LoginsEndpoint
{
    public static void Map(IEndpointRouteBuilder doors)
    {
        new Door(doors, "/me/logins").Get(ListAsync)
            .RequireBearer()
            .WithName("Logins")
            .WithSummary("The identities linked to the signed-in user, oldest first")
            .Produces<LoginsAnswer>()
            .ProducesRefusals(401, 503);
        new Door(doors, "/me/logins/{provider}").Delete(UnlinkAsync)
            .RequireBearer()
            .WithName("Unlink")
            .WithSummary("Unlinks the identities at a provider, or with the query parameter subject one of them; never the last login")
            .Produces(204)
            .ProducesRefusals(400, 401, 403, 404, 409, 503);
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal me, [FromServices] Sessions sessions, [FromServices] IStore store, CancellationToken cancellationToken)
    {
        Result<SessionLookup> caller = await sessions.FindAsync(me, cancellationToken);
        if (!caller.IsSuccess)
        {
            return new ErrorResponse(caller.Error);
        }

        IReadOnlyList<Login> logins = await store.ListLoginsAsync(caller.Value.Account.User, cancellationToken);
        return new JsonAnswer<LoginsAnswer>(new([.. logins.Select(LinkedLogin.From)]), AnswerJson.Default.LoginsAnswer);
    }

    private static async Task<IResult> UnlinkAsync(
        string provider,
        ClaimsPrincipal me,
        HttpContext context,
        [FromServices] Sessions sessions,
        [FromServices] Unlinking unlinking,
        [FromServices] AuditTrail audit,
        CancellationToken cancellationToken)
    {
        string? known = ProviderId.IsValid(provider) ? provider : null;
        PendingAct.Begin(context, "unlink", known);
        Result<SessionLookup> caller = await sessions.FindAsync(me, cancellationToken);
        if (!caller.IsSuccess)
        {
            return new ErrorResponse(caller.Error);
        }

        Session session = caller.Value.Session;
        Result<int> unlinked = QueryText.TryRead(context.Request, "subject", out string? subject)
            ? await unlinking.UnlinkAsync(session, provider, subject, cancellationToken)
            : ExchangeError.InvalidRequest("subject must stand in the query once and with a value, or not at all.");
        return (Act.Of("unlink", session, context) with { Provider = known }).End(unlinked, "Unlinked", audit);
    }
}
