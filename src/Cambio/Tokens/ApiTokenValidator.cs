using Cambio.Storage;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tokens;

/// <summary>Judges API tokens: one query by hash, and a principal like that of a JWT.</summary>
internal sealed class ApiTokenValidator(IStore store, TokenParties parties, TimeProvider time)
{
    public async Task<TokenValidationResult> ValidateAsync(string text, CancellationToken cancellationToken)
    {
        SessionLookup? found = await store.FindApiTokenAsync(TokenSecret.HashOf(text), cancellationToken);
        Result<SessionLookup> judged = SessionRule.Judge(found, time.GetUtcNow());
        return judged.IsSuccess
            ? new TokenValidationResult { IsValid = true, ClaimsIdentity = Identity(judged.Value), SecurityToken = new ApiToken(judged.Value.Session, parties.Issuer) }
            : new TokenValidationResult { Exception = new SecurityTokenException("The API token is unknown or was revoked.") };
    }

    private CaseSensitiveClaimsIdentity Identity(SessionLookup found) => new(
        TokenClaims.Of(found.Account, found.Session, parties.Issuer),
        TokenValidationParameters.DefaultAuthenticationType,
        TokenClaims.NameClaim(found.Account),
        roleType: "roles");

    /// <summary>What the bearer handler wants to know of a token, which holds nothing itself and never expires.</summary>
    private sealed class ApiToken(Session session, string issuer) : SecurityToken
    {
        public override string Id => session.Id;

        public override string Issuer => issuer;

        public override SecurityKey? SecurityKey => null;

        public override SecurityKey? SigningKey { get => null; set => throw new NotSupportedException(); }

        public override DateTime ValidFrom => session.CreatedAt.UtcDateTime;

        /// <summary>No time, as the handler reads it.</summary>
        public override DateTime ValidTo => DateTime.MinValue;
    }
}
