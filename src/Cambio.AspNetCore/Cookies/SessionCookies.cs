using Cambio.AspNetCore.Endpoints;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Cambio.AspNetCore.Cookies;

/// <summary>Session cookies for server-rendered sites: given at the end of a redirect, taken back at logout.</summary>
internal sealed class SessionCookies(IOptionsMonitor<CookieAuthenticationOptions> options, SessionTicket ticket, Sessions sessions)
{
    /// <summary>Whether the request comes by cookie: it carries one, and no <c>Authorization</c> header, which always wins.</summary>
    public bool AreUsed(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(HeaderNames.Authorization))
        {
            return false;
        }

        CookieAuthenticationOptions cookies = options.Get(CambioAuthentication.CookieScheme);
        return cookies.CookieManager.GetRequestCookie(context, cookies.Cookie.Name!) is not null;
    }

    /// <summary>Signs the browser in.</summary>
    public Task SignInAsync(HttpContext context, Account account, Session session)
    {
        var properties = new AuthenticationProperties();
        ticket.Date(properties, session);
        return context.SignInAsync(CambioAuthentication.CookieScheme, ticket.PrincipalOf(account, session), properties);
    }

    /// <summary>The id of the user whose good session cookie the request carries, or null. A GET needs no antiforgery token for this.</summary>
    /// <exception cref="StoreUnavailableException">The session cannot be looked up.</exception>
    public async Task<string?> FindUserAsync(HttpContext context, CancellationToken cancellationToken)
    {
        AuthenticateResult cookie = await context.AuthenticateAsync(CambioAuthentication.CookieScheme);
        if (cookie.Principal is { } me)
        {
            Result<SessionLookup> found = await sessions.FindAsync(me, cancellationToken);
            return found.IsSuccess ? found.Value.Account.User.Id : null;
        }

        return context.Features.Get<CookieRefusal>() is { Error.Code: ErrorCodes.TemporarilyUnavailable }
            ? throw new StoreUnavailableException("The session behind the cookie could not be looked up.")
            : null;
    }

    /// <summary>Takes the cookie back, where the request came by it.</summary>
    public Task SignOutAsync(HttpContext context) =>
        AreUsed(context) ? context.SignOutAsync(CambioAuthentication.CookieScheme) : Task.CompletedTask;
}
