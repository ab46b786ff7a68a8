using Cambio.Credentials;
using Cambio.Identities;
using Cambio.Pipeline;
using Cambio.Storage;

namespace Cambio;

/// <summary>What the corridor carries from the proof to the transaction: who it is, and what that spends.</summary>
internal sealed record Proven(ExternalIdentity Identity, ProviderTokens? Tokens, ReplayMark? Mark, IReadOnlyDictionary<string, string> Answers)
{
    private static readonly Dictionary<string, string> NoAnswers = [];

    public static Proven By(ExternalIdentity identity, Authorization authorization) => new(
        identity,
        authorization.AccessToken is { } token ? new(token, authorization.RefreshToken, authorization.AccessTokenExpiresAt) : null,
        authorization.Replay,
        NoAnswers);

    public static Proven By(TicketContent ticket, IReadOnlyDictionary<string, string> answers) => new(
        ticket.Identity,
        ticket.ProviderTokens,
        ticket.ReplayKey is { } key ? new ReplayMark(key, ticket.ReplayExpiresAt) : null,
        answers) { ExpiresAt = ticket.ExpiresAt };

    /// <summary>When what a ticket holds is forgotten, however often the exchange is interrupted again; null without a ticket.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public ExchangeContext ToContext(ExchangeRequest request, IStoreTransaction transaction, DateTimeOffset now) => new()
    {
        Identity = Identity,
        Store = transaction,
        Now = now,
        CurrentUser = request.CurrentUser,
        ProviderTokens = Tokens,
        Answers = Answers,
    };

    public TicketContent ToTicket(UserRef? currentUser) => new()
    {
        Identity = Identity,
        ProviderTokens = Tokens,
        CurrentUser = currentUser?.Id,
        ReplayKey = Mark?.Key,
        ReplayExpiresAt = Mark?.ExpiresAt ?? default,
        ExpiresAt = ExpiresAt ?? default,
    };

    public override string ToString() => "proven identity [redacted]";
}
