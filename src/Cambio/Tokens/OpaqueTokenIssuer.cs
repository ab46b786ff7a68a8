using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;

namespace Cambio.Tokens;

/// <summary>Gives a user the one API token that is kept for them, made at the first sign-in.</summary>
internal sealed class OpaqueTokenIssuer(ApiTokenSeal seal, TimeProvider time, ILogger<OpaqueTokenIssuer> logger) : ITokenIssuer
{
    /// <summary>When the session of an API token expires: never.</summary>
    public static readonly DateTimeOffset Never = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        seal.Warm();
        return Task.CompletedTask;
    }

    public async Task<IssuedToken> IssueAsync(
        Account account, SignInContext login, IStoreTransaction transaction, CancellationToken cancellationToken)
    {
        ISessionStore sessions = transaction.Sessions;
        DateTimeOffset now = time.GetUtcNow();
        if (await sessions.FindApiTokenAsync(account.User, cancellationToken) is { } kept)
        {
            if (seal.Open(kept) is { } text)
            {
                await sessions.TouchAsync(kept.SessionId, now, cancellationToken);
                return Issued(text, kept.SessionId);
            }

            Log.ApiTokenUnreadable(logger, kept.SessionId, account.User.Id);
            await sessions.EndAsync(new SessionFilter { Id = kept.SessionId }, now, cancellationToken);
        }

        // The token is the user's, whichever client asks first.
        Session session = NewSession.Of(account, login with { ClientId = null }, now, Never);
        TokenSecret secret = TokenSecret.NewApiToken();
        await sessions.AddAsync(session, seal.Seal(secret, account.User, session.Id), cancellationToken);
        return Issued(secret.Text, session.Id);
    }

    private static IssuedToken Issued(string text, string sessionId) => new(text, ExpiresIn: null, RefreshToken: null, sessionId);
}
