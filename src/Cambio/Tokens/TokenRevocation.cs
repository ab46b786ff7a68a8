using Cambio.Storage;

namespace Cambio.Tokens;

/// <summary>Revokes a token of ours (RFC 7009): a refresh token, an access token or an API token ends its session.</summary>
internal sealed class TokenRevocation(TokenLookup tokens, IStore store, TimeProvider time)
{
    /// <summary>
    /// Ends the session of the token, whatever its kind. A refresh token that was spent ends it too: whoever holds one may end what came of
    /// it. A JWT that has expired does not: it is no token any more, and a session should not hang on what old logs hold.
    /// </summary>
    /// <param name="token">The text that the caller presents.</param>
    /// <param name="clientId">The confidential client that asks; a session of another client's is left alone.</param>
    /// <param name="cancellationToken">Ends the work; nothing is written.</param>
    /// <returns>What ended, for the audit event; <see cref="RevokedToken.None"/> for a token that is none (RFC 7009 2.2).</returns>
    /// <exception cref="StoreUnavailableException">The store cannot serve, so the token is as good as before.</exception>
    public async Task<Result<RevokedToken>> RevokeAsync(string token, string? clientId, CancellationToken cancellationToken)
    {
        if (await tokens.FindAsync(token, cancellationToken) is not { Session: var session } || IsOfAnother(session, clientId))
        {
            return RevokedToken.None;
        }

        return await store.TransactAsync<RevokedToken>(
            async (transaction, cancel) =>
                await transaction.Sessions.EndAsync(new SessionFilter { Id = session.Id }, time.GetUtcNow(), cancel) == 0
                    ? RevokedToken.None
                    : new RevokedToken(session.User.Id, session.Id),
            cancellationToken);
    }

    private static bool IsOfAnother(Session session, string? clientId) => session.ClientId is { } owner && owner != clientId;
}

/// <summary>What a revocation ended.</summary>
/// <param name="UserId">The user.</param>
/// <param name="SessionId">The session.</param>
internal sealed record RevokedToken(string? UserId, string? SessionId)
{
    public static RevokedToken None { get; } = new(null, null);
}
