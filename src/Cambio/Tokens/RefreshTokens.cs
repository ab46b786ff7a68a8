using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cambio.Tokens;

/// <summary>Trades a refresh token for new tokens of the same session.</summary>
internal sealed class RefreshTokens(
    IStore store, SigningKeyRing keys, AccessTokenWriter writer, IOptions<CambioOptions> options, TimeProvider time, ILogger<RefreshTokens> logger)
{
    private readonly TokenOptions settings = options.Value.Tokens;

    /// <summary>When a token issued now ends if nobody uses it: with its session at the latest.</summary>
    public static DateTimeOffset Expiry(TokenOptions settings, Session session, DateTimeOffset now) =>
        session.ExpiresAt - now < settings.RefreshTokenLifetime ? session.ExpiresAt : now + settings.RefreshTokenLifetime;

    /// <summary>New tokens of the session, or <c>invalid_grant</c>. A token that was used too often ends its session.</summary>
    /// <param name="token">The text that the caller presents.</param>
    /// <param name="clientId">The confidential client that asks; null for a public one.</param>
    /// <param name="cancellationToken">Ends the work; nothing is written.</param>
    public async Task<Result<TokenGrant>> RefreshAsync(string token, string? clientId, CancellationToken cancellationToken)
    {
        if (settings.Kind == TokenKind.Opaque)
        {
            return ExchangeError.InvalidGrant("refresh_tokens_not_in_use");
        }

        if (!TokenSecret.HasForm(token))
        {
            return ExchangeError.InvalidGrant("refresh_token_unknown");
        }

        byte[] hash = TokenSecret.HashOf(token);
        SigningKeySet set = await keys.GetAsync(cancellationToken);
        Result<Outcome> result = await store.TransactAsync(
            (transaction, cancel) => UseAsync(transaction.Sessions, hash, clientId, set, cancel), cancellationToken);
        if (!result.IsSuccess)
        {
            return result.Error;
        }

        if (result.Value.Tokens is { } tokens)
        {
            return tokens;
        }

        Log.RefreshTokenReused(logger, result.Value.Session.Id, result.Value.Session.User.Id);
        return ExchangeError.InvalidGrant("refresh_token_reused");
    }

    private async Task<Result<Outcome>> UseAsync(
        ISessionStore sessions, byte[] hash, string? clientId, SigningKeySet set, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(hash, cancellationToken) is not { } found)
        {
            return ExchangeError.InvalidGrant("refresh_token_unknown");
        }

        // Whoever is not the client that it was issued to neither uses nor ends it (RFC 6749 6).
        if (found.Session.ClientId != clientId)
        {
            return ExchangeError.InvalidGrant("refresh_token_of_another_client");
        }

        DateTimeOffset now = time.GetUtcNow();
        RefreshDecision decision = RefreshRule.Decide(found, now);
        if (decision.Refusal is { } reason)
        {
            return ExchangeError.InvalidGrant(reason);
        }

        if (decision.Kind == RefreshKind.EndFamily)
        {
            await sessions.EndAsync(new SessionFilter { Id = found.Session.Id }, now, cancellationToken);
            return new Outcome(found.Session, Tokens: null);
        }

        TokenSecret secret = TokenSecret.New();
        RefreshToken spent = found.Token with { UsedAt = found.Token.UsedAt ?? now, Retried = decision.Kind == RefreshKind.Retry };
        var successor = new RefreshToken(secret.Hash, found.Session.Id, found.Token.Hash, now, Expiry(settings, found.Session, now));
        await sessions.RotateAsync(spent, successor, now, cancellationToken);
        (string text, TimeSpan lifetime) = writer.Write(set.Signing(now), found.Account, found.Session, now);
        return new Outcome(found.Session, new TokenGrant(new IssuedToken(text, lifetime, secret.Text, found.Session.Id), found.Account));
    }

    /// <summary>What is committed. A refusal would roll the ending of a session back, so that leaves as a success without tokens.</summary>
    private sealed record Outcome(Session Session, TokenGrant? Tokens);
}

/// <summary>What a grant made.</summary>
/// <param name="Token">The new tokens.</param>
/// <param name="Account">The session's user.</param>
internal sealed record TokenGrant(IssuedToken Token, Account Account)
{
    /// <summary>Whether the sign-in opened the account; null where there was none.</summary>
    public bool? IsNewUser { get; init; }
}
