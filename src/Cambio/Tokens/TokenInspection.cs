using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Tokens;

/// <summary>Says whether a token of ours is good now (RFC 7662): its form, its signature, its session and its user.</summary>
internal sealed class TokenInspection(TokenLookup tokens, IOptions<CambioOptions> options, TimeProvider time)
{
    private readonly TokenKind kind = options.Value.Tokens.Kind;

    /// <summary>What is known of the token, or null when it is not active; looking uses up nothing.</summary>
    /// <param name="token">The text that the caller presents.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    /// <exception cref="StoreUnavailableException">The store cannot serve, so nobody knows.</exception>
    public async Task<ActiveToken?> InspectAsync(string token, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        return await tokens.FindAsync(token, cancellationToken) is { IsSpent: false } found
            && IsInUse(found.Form)
            && !(found.ExpiresAt <= now)
            && SessionRule.Refusal(found.Session, found.Account, now) is null
            ? new ActiveToken(Name(found.Form), found.Session, found.Account, found.IssuedAt, found.ExpiresAt, found.Id)
            : null;
    }

    // A JWT that was issued before the kind was changed is good until it expires.
    private bool IsInUse(TokenForm form) => form switch
    {
        TokenForm.ApiToken => kind == TokenKind.Opaque,
        TokenForm.RefreshToken => kind == TokenKind.Jwt,
        _ => true,
    };

    private static string Name(TokenForm form) => form == TokenForm.RefreshToken ? "refresh_token" : "access_token";
}

/// <summary>A token that is good now.</summary>
/// <param name="Kind"><c>access_token</c> or <c>refresh_token</c>.</param>
/// <param name="Session">Its session.</param>
/// <param name="Account">Its user.</param>
/// <param name="IssuedAt">When it was issued, UTC.</param>
/// <param name="ExpiresAt">When it expires, UTC; null for one that is good until it is revoked.</param>
/// <param name="Id">The <c>jti</c> of a JWT.</param>
internal sealed record ActiveToken(string Kind, Session Session, Account Account, DateTimeOffset IssuedAt, DateTimeOffset? ExpiresAt, string? Id);
