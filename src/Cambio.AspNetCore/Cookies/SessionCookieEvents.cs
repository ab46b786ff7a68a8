using System.Diagnostics;
using System.Security.Claims;
using Cambio.AspNetCore.Bearer;
using Cambio.AspNetCore.Endpoints;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Cambio.AspNetCore.Cookies;

/// <summary>Judges a session cookie that is ours and has not expired: the antiforgery token beside it, then the session behind it.</summary>
internal sealed class SessionCookieEvents(
    AntiforgeryCheck antiforgery, SessionTicket ticket, Sessions sessions, SessionWatch watch, ILogger<SessionCookieEvents> logger) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        HttpContext http = context.HttpContext;
        try
        {
            if (await antiforgery.RefusalAsync(http, context.Principal!) is { } forged)
            {
                Refuse(context, forged);
            }
            else if (await JudgeAsync(context) is { } ended)
            {
                Refuse(context, ended);
                await http.SignOutAsync(CambioAuthentication.CookieScheme);
            }
        }
        catch (StoreUnavailableException exception)
        {
            string? route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            DoorLog.StoreUnavailable(logger, exception, http.Request.Method, route, Activity.Current?.TraceId.ToHexString());
            Refuse(context, ExchangeError.TemporarilyUnavailable("store_unavailable"));
        }
    }

    /// <summary>Neither giving nor taking back a cookie leads anywhere.</summary>
    public override Task RedirectToReturnUrl(RedirectContext<CookieAuthenticationOptions> context) => Task.CompletedTask;

    private static void Refuse(CookieValidatePrincipalContext context, ExchangeError error)
    {
        context.HttpContext.Features.Set(new CookieRefusal(error));
        context.RejectPrincipal();
    }

    private async Task<ExchangeError?> JudgeAsync(CookieValidatePrincipalContext context)
    {
        HttpContext http = context.HttpContext;
        if (ticket.IsDue(context.Properties))
        {
            return await RenewAsync(context, http.RequestAborted);
        }

        if (http.GetEndpoint()?.Metadata.GetMetadata<SignedInDoor>() is not null)
        {
            http.Response.OnStarting(TakeBackWhenRefusedAsync, http);
            return null;
        }

        return !watch.IsOn || await watch.IsGoodAsync(context.Principal!.FindFirstValue("sid")!, http.RequestAborted)
            ? null
            : ExchangeError.InvalidToken("session_refused");
    }

    private async Task<ExchangeError?> RenewAsync(CookieValidatePrincipalContext context, CancellationToken cancellationToken)
    {
        Result<SessionLookup> found = await sessions.FindAsync(context.Principal!, cancellationToken);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        (Session session, Account account) = found.Value;
        await sessions.TouchAsync(session.Id, cancellationToken);
        ticket.Date(context.Properties, session);
        context.ReplacePrincipal(ticket.PrincipalOf(account, session));
        context.ShouldRenew = true;
        return null;
    }

    private static Task TakeBackWhenRefusedAsync(object state)
    {
        var http = (HttpContext)state;
        return http.Response.StatusCode == StatusCodes.Status401Unauthorized ? http.SignOutAsync(CambioAuthentication.CookieScheme) : Task.CompletedTask;
    }
}
