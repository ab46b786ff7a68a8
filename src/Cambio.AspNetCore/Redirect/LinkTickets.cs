using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.DataProtection;

namespace Cambio.AspNetCore.Redirect;

/// <summary>
/// Tickets that a signed-in user takes to a start, in place of a bearer that must stand in no address: they say whom to link to, for a minute,
/// one use and one provider.
/// </summary>
internal sealed class LinkTickets(IDataProtectionProvider protection, Sessions sessions, SingleUse uses, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private const int Longest = 1024;

    private readonly SealedText<LinkTicket> seal = new(protection.CreateProtector("Cambio.LinkTicket.v1"), RedirectJson.Compact.LinkTicket);

    public string Issue(Session session, string provider) => seal.Seal(new LinkTicket
    {
        Id = RandomNumberGenerator.GetHexString(32, lowercase: true),
        User = session.User.Id,
        Session = session.Id,
        Provider = provider,
        ExpiresAt = time.GetUtcNow() + Lifetime,
    });

    /// <summary>The ticket, when it is of this provider, has not expired, and its user is still signed in; it is not spent yet.</summary>
    public async Task<Result<LinkTicket>> OpenAsync(string text, string provider, CancellationToken cancellationToken)
    {
        if (text.Length > Longest || seal.Open(text) is not { } ticket)
        {
            return Refuse("link_ticket_unreadable");
        }

        if (ticket.Provider != provider)
        {
            return Refuse("link_ticket_of_another_provider");
        }

        if (ticket.ExpiresAt <= time.GetUtcNow())
        {
            return Refuse("link_ticket_expired");
        }

        Result<SessionLookup> session = await sessions.FindAsync(ticket.Session, cancellationToken);
        return session.IsSuccess && session.Value.Account.User.Id == ticket.User ? ticket : Refuse("link_ticket_of_an_ended_session");
    }

    /// <summary>Spends the ticket; the refusal when somebody did before.</summary>
    public async Task<ExchangeError?> SpendAsync(LinkTicket ticket, CancellationToken cancellationToken) =>
        await uses.TrySpendAsync($"link:{ticket.Id}", ticket.ExpiresAt, cancellationToken) ? null : Refuse("link_ticket_used");

    /// <summary>The one refusal of all tickets, with its private reason.</summary>
    public static ExchangeError Refuse(string reason) => ExchangeError.InvalidRequest(
        "link_ticket is invalid, expired or used, or is not this user's: take a new one from POST /auth/{provider}/link-ticket.", reason);
}

/// <summary>What a link ticket says.</summary>
internal sealed record LinkTicket
{
    /// <summary>Names it, so that it is used once.</summary>
    [JsonPropertyName("i")]
    public required string Id { get; init; }

    /// <summary>The id of the user to link to.</summary>
    [JsonPropertyName("u")]
    public required string User { get; init; }

    /// <summary>The session that it was given to; it ends with it.</summary>
    [JsonPropertyName("s")]
    public required string Session { get; init; }

    /// <summary>The provider's id.</summary>
    [JsonPropertyName("p")]
    public required string Provider { get; init; }

    [JsonPropertyName("e")]
    public required DateTimeOffset ExpiresAt { get; init; }

    public override string ToString() => "link ticket [redacted]";
}
