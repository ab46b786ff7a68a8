using Cambio.Storage;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tokens;

/// <summary>Writes access tokens: JWTs as RFC 9068 2 has them.</summary>
internal sealed class AccessTokenWriter(TokenParties parties, IOptions<CambioOptions> options)
{
    /// <summary>The <c>typ</c> header, RFC 9068 2.1.</summary>
    public const string Type = "at+jwt";

    private readonly TimeSpan lifetime = options.Value.Tokens.AccessTokenLifetime;

    // Without "not before", so that an instance whose clock is behind takes the token at once.
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>The token and how long it is good for, which is never longer than the session.</summary>
    public (string Text, TimeSpan Lifetime) Write(SigningKey key, Account account, Session session, DateTimeOffset now)
    {
        TimeSpan good = lifetime < session.ExpiresAt - now ? lifetime : session.ExpiresAt - now;
        string text = handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = Type,
            Issuer = parties.Issuer,
            Audience = parties.Audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + good).UtcDateTime,
            Claims = Claims(account, session),
            SigningCredentials = key.Credentials,
        });
        return (text, good);
    }

    private static Dictionary<string, object> Claims(Account account, Session session)
    {
        Dictionary<string, object> claims = TokenClaims.Of(account, session);
        claims[JwtRegisteredClaimNames.Jti] = RandomText.Of(bits: 128);
        return claims;
    }
}
