using Cambio.Credentials;
using Cambio.Pipeline;
using Cambio.Storage;

namespace Cambio;

/// <summary>Where the corridor stops for the user, and where it goes on: a ticket goes out, and comes back once.</summary>
internal sealed class Interruptions(ExchangeTickets tickets, EmailQuota quota, EmailOutlet emails, IStore store)
{
    /// <summary>Sends what the steps left to send, then adds the ticket. A ticket whose mail is not on its way would lead nowhere.</summary>
    public async Task<ExchangeError> BeginAsync(
        ExchangeError interruption, ExchangeRequest request, Proven proven, ExchangeContext context, CancellationToken cancellationToken) =>
        await quota.TakeAsync(context.Identity, context.Emails, cancellationToken) is { } refusal ? refusal
            : await emails.SendAsync(context.Emails, cancellationToken) ? interruption with { Ticket = tickets.Protect(proven.ToTicket(request, context)) }
            : ExchangeError.TemporarilyUnavailable("email_not_sent");

    /// <summary>What the ticket holds. A ticket of somebody else is refused unspent, so that nobody can burn it for its holder.</summary>
    public async Task<Result<Proven>> EndAsync(ExchangeTicket ticket, string provider, ExchangeRequest request, CancellationToken cancellationToken)
    {
        Result<TicketContent> content = tickets.Unprotect(ticket.Value, provider, request.CurrentUser, request.Binding);
        return !content.IsSuccess ? content.Error
            : await SpendAsync(content.Value, cancellationToken) is { } spent ? spent
            : Proven.By(content.Value, ticket.Answers);
    }

    // A ticket is good for one answer, also a wrong one, so that a refusal must not give it back: it is spent in a transaction of its own.
    private async Task<ExchangeError?> SpendAsync(TicketContent ticket, CancellationToken cancellationToken)
    {
        Result<bool> first = await store.TransactAsync<bool>(
            async (transaction, ct) => await transaction.Replays.TryAddAsync($"ticket:{ticket.Id}", ticket.ExpiresAt, ct), cancellationToken);
        return first switch
        {
            { IsSuccess: false } => first.Error,
            { Value: false } => ExchangeError.InvalidGrant("credential_replayed"),
            _ => null,
        };
    }
}
