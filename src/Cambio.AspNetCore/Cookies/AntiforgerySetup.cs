using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Cookies;

/// <summary>Hardens the antiforgery cookie, unless the application gave it a name, and with it everything else, itself.</summary>
internal sealed class AntiforgerySetup(PlainHttp plain) : IPostConfigureOptions<AntiforgeryOptions>
{
    public const string CookieName = "cambio-antiforgery";

    public void PostConfigure(string? name, AntiforgeryOptions options)
    {
        // Without a header no call to our doors could show a token.
        options.HeaderName ??= "RequestVerificationToken";
        if (options.Cookie.Name?.StartsWith(AntiforgeryOptions.DefaultCookiePrefix, StringComparison.Ordinal) != false)
        {
            options.Cookie = new HardenedCookie(secure: !plain.IsUsed)
            {
                Name = plain.NameOf(CookieName),
                Path = "/",
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                IsEssential = true,
            };
        }
    }

    /// <summary>Secure, and not by policy: with that one, antiforgery throws at every request from which a proxy took the TLS.</summary>
    private sealed class HardenedCookie(bool secure) : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            CookieOptions cookie = base.Build(context, expiresFrom);
            cookie.Secure = secure;
            return cookie;
        }
    }
}
