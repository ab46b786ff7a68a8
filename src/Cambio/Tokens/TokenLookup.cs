using Cambio.Storage;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tokens;

/// <summary>Finds what a token of ours leads to. Its form tells the kind, so that no hint is needed (RFC 7009 2.1).</summary>
internal sealed class TokenLookup(IStore store, AccessTokenValidator jwts)
{
    /// <summary>What it leads to; null for what is no token of ours, an expired JWT among them. Whether it is good now is not said.</summary>
    public Task<FoundToken?> FindAsync(string text, CancellationToken cancellationToken) =>
        TokenSecret.HasApiTokenForm(text) ? FindApiTokenAsync(text, cancellationToken)
        : TokenSecret.HasForm(text) ? FindRefreshTokenAsync(text, cancellationToken)
        : FindJwtAsync(text, cancellationToken);

    private async Task<FoundToken?> FindApiTokenAsync(string text, CancellationToken cancellationToken) =>
        await store.FindApiTokenAsync(TokenSecret.HashOf(text), cancellationToken) is var (session, account)
            ? new FoundToken(TokenForm.ApiToken, session, account, session.CreatedAt)
            : null;

    private async Task<FoundToken?> FindRefreshTokenAsync(string text, CancellationToken cancellationToken) =>
        await store.FindRefreshTokenAsync(TokenSecret.HashOf(text), cancellationToken) is var (token, session, account, _)
            ? new FoundToken(TokenForm.RefreshToken, session, account, token.CreatedAt)
            {
                ExpiresAt = token.ExpiresAt,
                IsSpent = token.Retried || token.UsedAt is not null,
            }
            : null;

    private async Task<FoundToken?> FindJwtAsync(string text, CancellationToken cancellationToken)
    {
        TokenValidationResult result = await jwts.ValidateAsync(text, cancellationToken);
        return result is { IsValid: true, SecurityToken: JsonWebToken jwt }
            && jwt.TryGetPayloadValue(JwtRegisteredClaimNames.Sid, out string sessionId)
            && await store.FindSessionAsync(sessionId, cancellationToken) is var (session, account)
            && account.User.Id == jwt.Subject
            ? new FoundToken(TokenForm.Jwt, session, account, jwt.IssuedAt) { ExpiresAt = jwt.ValidTo, Id = jwt.Id }
            : null;
    }
}

/// <summary>What a token leads to.</summary>
/// <param name="Form">What it is.</param>
/// <param name="Session">Its session.</param>
/// <param name="Account">Its user.</param>
/// <param name="IssuedAt">When it was issued, UTC.</param>
internal sealed record FoundToken(TokenForm Form, Session Session, Account Account, DateTimeOffset IssuedAt)
{
    /// <summary>When it expires, UTC; null for one that is good until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The <c>jti</c> of a JWT.</summary>
    public string? Id { get; init; }

    /// <summary>A refresh token that was traded for another.</summary>
    public bool IsSpent { get; init; }
}

/// <summary>What a token of ours is.</summary>
internal enum TokenForm
{
    /// <summary>An access token that says itself what it is.</summary>
    Jwt,

    /// <summary>An access token that is looked up.</summary>
    ApiToken,

    /// <summary>A refresh token.</summary>
    RefreshToken,
}
