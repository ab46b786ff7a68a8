using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Tokens;

/// <summary>Makes what a sign-in leaves as, the way its door asked for, inside the exchange's transaction.</summary>
internal sealed class Handovers(ITokenIssuer issuer, AuthorizationCodes codes, IOptions<CambioOptions> options, TimeProvider time)
{
    private readonly TimeSpan lifetime = options.Value.Tokens.SessionLifetime;

    /// <summary>Loads what has to be there before the transaction opens.</summary>
    public Task PrepareAsync(Handover handover, CancellationToken cancellationToken) =>
        handover.IsTokens ? issuer.PrepareAsync(cancellationToken) : Task.CompletedTask;

    public async Task<HandedOver> IssueAsync(
        Handover handover, Account account, SignInContext login, IStoreTransaction transaction, CancellationToken cancellationToken)
    {
        if (handover.Code is { } binding)
        {
            return new HandedOver { Code = await codes.IssueAsync(account, login, binding, transaction, cancellationToken) };
        }

        if (handover.IsSession)
        {
            DateTimeOffset now = time.GetUtcNow();
            Session session = NewSession.Of(account, login, now, now + lifetime);
            await transaction.Sessions.AddAsync(session, cancellationToken);
            return new HandedOver { Session = session, SessionId = session.Id };
        }

        IssuedToken token = await issuer.IssueAsync(account, login, transaction, cancellationToken);
        return new HandedOver { Token = token, SessionId = token.SessionId };
    }
}

/// <summary>What a sign-in leaves as: tokens of a session, a code that will open one, or the session alone.</summary>
internal sealed record HandedOver
{
    public IssuedToken? Token { get; init; }

    public string? Code { get; init; }

    public string? SessionId { get; init; }

    /// <summary>The session, where it has no tokens.</summary>
    public Session? Session { get; init; }

    public override string ToString() => "handed over [redacted]";
}
