using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Tokens;

/// <summary>Opens sessions and issues their first tokens.</summary>
internal sealed class JwtTokenIssuer(SigningKeyRing keys, AccessTokenWriter writer, IOptions<CambioOptions> options, TimeProvider time) : ITokenIssuer
{
    private const int LongestUserAgent = 256;

    private readonly TokenOptions settings = options.Value.Tokens;

    public async Task PrepareAsync(CancellationToken cancellationToken) => await keys.GetAsync(cancellationToken);

    public async Task<IssuedToken> IssueAsync(
        Account account, SignInContext login, IStoreTransaction transaction, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        Session session = Open(account, login, now);
        RefreshTokenSecret secret = RefreshTokenSecret.New();
        SigningKeySet set = await keys.GetAsync(cancellationToken);
        await transaction.Sessions.AddAsync(session, FirstToken(secret, session, now), cancellationToken);
        (string text, TimeSpan lifetime) = writer.Write(set.Signing(now), account, session, now);
        return new IssuedToken(text, lifetime, secret.Text, session.Id);
    }

    private Session Open(Account account, SignInContext login, DateTimeOffset now) => new()
    {
        Id = RandomText.Of(bits: 128),
        User = account.User,
        Provider = login.Provider,
        CreatedAt = now,
        LastUsedAt = now,
        ExpiresAt = now + settings.SessionLifetime,
        UserAgent = login.UserAgent is { Length: > LongestUserAgent } agent ? agent[..LongestUserAgent] : login.UserAgent,
        Address = login.Address,
    };

    private RefreshToken FirstToken(RefreshTokenSecret secret, Session session, DateTimeOffset now) =>
        new(secret.Hash, session.Id, null, now, RefreshTokens.Expiry(settings, session, now));
}
