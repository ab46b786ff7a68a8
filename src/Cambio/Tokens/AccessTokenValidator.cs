using Cambio.Storage;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tokens;

/// <summary>Judges access tokens of ours: one type, one issuer, one audience, no key but the ring's, each with its own algorithm.</summary>
internal sealed class AccessTokenValidator(SigningKeyRing keys, TokenParties parties, TimeProvider time)
{
    /// <summary>How far the clocks of two instances may be apart. Both are ours, so little.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    private const int LongestToken = 8 * 1024;

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };
    private TokenValidationParameters? rules;

    /// <summary>The judgement. Whatever the text holds, it is never an exception.</summary>
    /// <exception cref="StoreUnavailableException">The signing keys were never loaded, and the store cannot serve.</exception>
    public async Task<TokenValidationResult> ValidateAsync(string text, CancellationToken cancellationToken)
    {
        // The key says how it verifies, never the token (RFC 8725 3.1).
        if (Read(text) is not { Kid: { Length: > 0 } id } token
            || await keys.FindAsync(id, cancellationToken) is not { } key || token.Alg != key.Algorithm)
        {
            return new TokenValidationResult { Exception = new SecurityTokenSignatureKeyNotFoundException("Not a token of ours.") };
        }

        return await handler.ValidateTokenAsync(token, Rules());
    }

    private JsonWebToken? Read(string text)
    {
        try
        {
            return handler.CanReadToken(text) ? handler.ReadJsonWebToken(text) : null;
        }
        catch (ArgumentException)
        {
            // SecurityTokenMalformedException among them.
            return null;
        }
    }

    // Made at the first token: the issuer may be the server's address, which is known once the server listens.
    private TokenValidationParameters Rules() => rules is { } made && made.ValidIssuer == parties.Issuer ? made : rules = new()
    {
        ValidAlgorithms = Enum.GetNames<SigningAlgorithm>(),
        ValidTypes = [AccessTokenWriter.Type],
        ValidIssuer = parties.Issuer,
        ValidAudience = parties.Audience,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsWithin(notBefore, expires),
        TryAllIssuerSigningKeys = false,
        IssuerSigningKeyResolver = (_, _, id, _) => keys.Known(id) is { } key ? [key.Security] : [],
        NameClaimTypeRetriever = static (token, _) => TokenClaims.NameClaim((JsonWebToken)token),
        RoleClaimType = "roles",
    };

    // The library's own check reads the system's clock.
    private bool IsWithin(DateTime? notBefore, DateTime? expires)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return expires + ClockSkew > now && !(notBefore - ClockSkew > now);
    }
}
