using System.Security.Claims;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Cookies;

/// <summary>What a session cookie holds: the claims of an access token, when the session was last looked at, and until when it is good unused.</summary>
internal sealed class SessionTicket(TokenParties parties, IOptions<CambioOptions> options, TimeProvider time)
{
    private readonly TokenOptions settings = options.Value.Tokens;

    public ClaimsPrincipal PrincipalOf(Account account, Session session) => new(new ClaimsIdentity(
        TokenClaims.Of(account, session, parties.Issuer), CambioAuthentication.CookieScheme, TokenClaims.NameClaim(account), roleType: "roles"));

    /// <summary>Dates the cookie by a session that was looked at just now.</summary>
    public void Date(AuthenticationProperties properties, Session session)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset unused = now + settings.RefreshTokenLifetime;
        properties.IsPersistent = true;
        properties.IssuedUtc = now;
        properties.ExpiresUtc = unused < session.ExpiresAt ? unused : session.ExpiresAt;
    }

    /// <summary>Whether so long has passed since the session was looked at that an access token would have had to be refreshed.</summary>
    public bool IsDue(AuthenticationProperties properties) => !(time.GetUtcNow() - properties.IssuedUtc < settings.AccessTokenLifetime);
}
