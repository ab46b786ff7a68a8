using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Tokens;

/// <summary>Opens sessions and issues their first tokens: a JWT and a refresh token.</summary>
internal sealed class JwtTokenIssuer(SigningKeyRing keys, AccessTokenWriter writer, IOptions<CambioOptions> options, TimeProvider time) : ITokenIssuer
{
    private readonly TokenOptions settings = options.Value.Tokens;

    public async Task PrepareAsync(CancellationToken cancellationToken) => await keys.GetAsync(cancellationToken);

    public async Task<IssuedToken> IssueAsync(
        Account account, SignInContext login, IStoreTransaction transaction, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        Session session = NewSession.Of(account, login, now, now + settings.SessionLifetime);
        TokenSecret secret = TokenSecret.New();
        SigningKeySet set = await keys.GetAsync(cancellationToken);
        await transaction.Sessions.AddAsync(session, FirstToken(secret, session, now), cancellationToken);
        (string text, TimeSpan lifetime) = writer.Write(set.Signing(now), account, session, now);
        return new IssuedToken(text, lifetime, secret.Text, session.Id);
    }

    private RefreshToken FirstToken(TokenSecret secret, Session session, DateTimeOffset now) =>
        new(secret.Hash, session.Id, null, now, RefreshTokens.Expiry(settings, session, now));
}
