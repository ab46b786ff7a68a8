using Cambio.Credentials;
using Cambio.Identities;
using Cambio.Pipeline;
using Cambio.Storage;

namespace Cambio;

/// <summary>What the corridor carries from the proof to the transaction: who it is, and what that spends.</summary>
internal sealed record Proven(ExternalIdentity Identity, ProviderTokens? Tokens, ReplayMark[] Marks, IReadOnlyDictionary<string, string> Answers)
{
    private static readonly Dictionary<string, string> NoAnswers = [];

    public static Proven By(ExternalIdentity identity, Authorization authorization) => new(
        identity,
        authorization.AccessToken is { } token ? new(token, authorization.RefreshToken, authorization.AccessTokenExpiresAt) : null,
        authorization.Replay is { } mark ? [mark] : [],
        NoAnswers);

    // The ticket itself is single-use, and spends the credential that it stands for.
    public static Proven By(TicketContent ticket, IReadOnlyDictionary<string, string> answers)
    {
        var mark = new ReplayMark($"ticket:{ticket.Id}", ticket.ExpiresAt);
        return new(
            ticket.Identity,
            ticket.ProviderTokens,
            ticket.ReplayKey is { } key ? [mark, new(key, ticket.ReplayExpiresAt)] : [mark],
            answers);
    }

    public ExchangeContext ToContext(ExchangeRequest request, IStoreTransaction transaction, DateTimeOffset now) => new()
    {
        Identity = Identity,
        Store = transaction,
        Now = now,
        CurrentUser = request.CurrentUser,
        ProviderTokens = Tokens,
        Answers = Answers,
    };

    public TicketContent ToTicket(UserRef? currentUser)
    {
        ReplayMark? credential = Array.Find(Marks, static m => !m.Key.StartsWith("ticket:", StringComparison.Ordinal)) is { Key: not null } mark ? mark : null;
        return new()
        {
            Identity = Identity,
            ProviderTokens = Tokens,
            CurrentUser = currentUser?.Id,
            ReplayKey = credential?.Key,
            ReplayExpiresAt = credential?.ExpiresAt ?? default,
        };
    }

    public override string ToString() => "proven identity [redacted]";
}
