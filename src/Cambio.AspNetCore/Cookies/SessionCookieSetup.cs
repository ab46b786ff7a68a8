using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Cookies;

/// <summary>Our cookie scheme: no script and no other site can use the cookie, and whoever it does not let in is told by the bearer scheme.</summary>
internal sealed class SessionCookieSetup(PlainHttp plain, IOptions<CambioOptions> options) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public const string CookieName = "cambio-session";

    public void Configure(CookieAuthenticationOptions cookies)
    {
    }

    public void Configure(string? name, CookieAuthenticationOptions cookies)
    {
        if (name != CambioAuthentication.CookieScheme)
        {
            return;
        }

        cookies.Cookie.Name = plain.NameOf(CookieName);
        cookies.Cookie.Path = "/";
        cookies.Cookie.HttpOnly = true;
        cookies.Cookie.SameSite = SameSiteMode.Lax;
        cookies.Cookie.SecurePolicy = plain.IsUsed ? CookieSecurePolicy.None : CookieSecurePolicy.Always;
        cookies.Cookie.IsEssential = true;
        cookies.ExpireTimeSpan = options.Value.Tokens.RefreshTokenLifetime;

        // The handler's own sliding would outlive the session.
        cookies.SlidingExpiration = false;
        cookies.EventsType = typeof(SessionCookieEvents);
        cookies.ForwardChallenge = CambioAuthentication.Scheme;
        cookies.ForwardForbid = CambioAuthentication.Scheme;
    }
}
