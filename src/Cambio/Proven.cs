using Cambio.Credentials;
using Cambio.Identities;
using Cambio.Pipeline;
using Cambio.Storage;
using Cambio.Vault;

namespace Cambio;

/// <summary>What the corridor carries from the proof to the transaction: who it is, and what that spends.</summary>
internal sealed record Proven(ExternalIdentity Identity, ProviderTokens? Tokens, ReplayMark? Mark)
{
    private static readonly Dictionary<string, string> Empty = [];

    public static Proven By(ExternalIdentity identity, Authorization authorization) => new(
        identity,
        authorization.AccessToken is { } token ? new(token, authorization.RefreshToken, authorization.AccessTokenExpiresAt) { Callback = authorization.Callback } : null,
        authorization.Replay) { ProviderSessionId = authorization.SessionId };

    public static Proven By(TicketContent ticket, IReadOnlyDictionary<string, string> answers) => new(
        ticket.Identity,
        ticket.ProviderTokens,
        ticket.ReplayKey is { } key ? new ReplayMark(key, ticket.ReplayExpiresAt) : null)
    {
        Answers = answers,
        Memory = ticket.Memory,
        ExpiresAt = ticket.ExpiresAt,
        ProviderSessionId = ticket.ProviderSessionId,
    };

    /// <summary>What the user supplied beside the ticket.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = Empty;

    /// <summary>What the steps kept when the exchange was interrupted.</summary>
    public IReadOnlyDictionary<string, string> Memory { get; init; } = Empty;

    /// <summary>The provider's own session, when the credential named one.</summary>
    public string? ProviderSessionId { get; init; }

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
        Memory = new Dictionary<string, string>(Memory, StringComparer.Ordinal),
    };

    /// <summary>A ticket with what the interrupted run left behind.</summary>
    public TicketContent ToTicket(ExchangeRequest request, ExchangeContext context) =>
        ToTicket(request) with { Identity = context.Identity, Memory = new Dictionary<string, string>(context.Memory, StringComparer.Ordinal) };

    /// <summary>A ticket of an exchange that no step has run for yet.</summary>
    public TicketContent ToTicket(ExchangeRequest request) => new()
    {
        Identity = Identity,
        ProviderTokens = Tokens,
        CurrentUser = request.CurrentUser?.Id,
        Binding = ExchangeTickets.Hash(request.Binding),
        ProviderSessionId = ProviderSessionId,
        ReplayKey = Mark?.Key,
        ReplayExpiresAt = Mark?.ExpiresAt ?? default,
        ExpiresAt = ExpiresAt ?? default,
    };

    public override string ToString() => "proven identity [redacted]";
}
