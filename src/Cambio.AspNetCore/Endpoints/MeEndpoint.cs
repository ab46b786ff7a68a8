using System.Security.Claims;
using Cambio.Accounts;
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

/// <summary><c>GET, PATCH, DELETE /auth/me</c>: the signed-in user.</summary>
internal static class MeEndpoint
{
    public static void Map(IEndpointRouteBuilder doors)
    {
        var door = new Door(doors, "/me");
        door.Get(ShowAsync)
            .RequireBearer()
            .WithName("Me")
            .WithSummary("The signed-in user")
            .Produces<UserAnswer>()
            .ProducesRefusals(401, 503);
        door.Patch(EditAsync)
            .RequireBearer()
            .WithName("EditMe")
            .WithSummary("Sets or clears parts of the profile; later logins leave them alone")
            .WithMetadata(new RequestDescription(typeof(ProfileForm), "application/json", "application/x-www-form-urlencoded"))
            .Produces<UserAnswer>()
            .ProducesRefusals(400, 401, 403, 413, 415, 503);
        door.Delete(DeleteAsync)
            .RequireBearer()
            .WithName("DeleteMe")
            .WithSummary("Deletes the account, its logins, its sessions and the providers' tokens")
            .Produces(204)
            .ProducesRefusals(401, 403, 503);
    }

    private static async Task<IResult> ShowAsync(ClaimsPrincipal me, [FromServices] Sessions sessions, CancellationToken cancellationToken)
    {
        Result<SessionLookup> caller = await sessions.FindAsync(me, cancellationToken);
        return caller.IsSuccess ? Show(caller.Value.Account) : new ErrorResponse(caller.Error);
    }

    private static async Task<IResult> EditAsync(
        ClaimsPrincipal me,
        HttpContext context,
        [FromServices] Sessions sessions,
        [FromServices] ProfileEditor profiles,
        [FromServices] AuditTrail audit,
        CancellationToken cancellationToken)
    {
        PendingAct.Begin(context, "profile");
        Result<SessionLookup> caller = await sessions.FindAsync(me, cancellationToken);
        if (!caller.IsSuccess)
        {
            return new ErrorResponse(caller.Error);
        }

        Result<Dictionary<string, string?>> wishes = await ProfileBody.ReadAsync(context.Request, cancellationToken);
        Result<Account> edited = wishes.IsSuccess ? await profiles.EditAsync(caller.Value.Account.User, wishes.Value, cancellationToken) : wishes.Error;
        return Act.Of("profile", caller.Value.Session, context).End(edited, "Edited", audit, Show);
    }

    private static async Task<IResult> DeleteAsync(
        ClaimsPrincipal me,
        HttpContext context,
        [FromServices] Sessions sessions,
        [FromServices] AccountDeletion deletion,
        [FromServices] SessionCookies cookies,
        [FromServices] AuditTrail audit,
        CancellationToken cancellationToken)
    {
        PendingAct.Begin(context, "delete");
        Result<SessionLookup> caller = await sessions.FindAsync(me, cancellationToken);
        if (!caller.IsSuccess)
        {
            return new ErrorResponse(caller.Error);
        }

        Result<UserRef> deleted = await deletion.DeleteAsync(caller.Value.Account.User, cancellationToken);
        if (deleted.IsSuccess)
        {
            await cookies.SignOutAsync(context);
        }

        return Act.Of("delete", caller.Value.Session, context).End(deleted, "Deleted", audit);
    }

    private static JsonAnswer<UserAnswer> Show(Account account) => new(UserAnswer.From(account), AnswerJson.Default.UserAnswer);
}
