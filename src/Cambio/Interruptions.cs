using Cambio.Credentials;
using Cambio.Pipeline;
using Cambio.Tokens;

namespace Cambio;

/// <summary>Where the corridor stops for the user, and where it goes on: a ticket goes out, and comes back once.</summary>
internal sealed class Interruptions(ExchangeTickets tickets, EmailQuota quota, EmailOutlet emails, AuthorizationCodes codes, SingleUse uses)
{
    private static readonly ExchangeError NobodyToLinkTo = ExchangeError.InvalidRequest(
        "link_code belongs to POST /auth/{provider}/link: send it there, with the bearer of the user who began the link.", "link_code_without_user");

    private static readonly Dictionary<string, string> NoAnswers = [];

    /// <summary>Sends what the steps left to send, then adds the ticket. A ticket whose mail is not on its way would lead nowhere.</summary>
    public async Task<ExchangeError> BeginAsync(
        ExchangeError interruption, ExchangeRequest request, Proven proven, ExchangeContext context, CancellationToken cancellationToken) =>
        await quota.TakeAsync(context.Identity, context.Emails, cancellationToken) is { } refusal ? refusal
            : await emails.SendAsync(context.Emails, cancellationToken) ? interruption with { Ticket = tickets.Protect(proven.ToTicket(request, context)) }
            : ExchangeError.TemporarilyUnavailable("email_not_sent");

    /// <summary>Stops before the first step, so that the front end which began a link is the one to finish it.</summary>
    public ExchangeError Hold(ExchangeRequest request, Proven proven) => ExchangeError.LinkHeld(tickets.Protect(proven.ToTicket(request)));

    /// <summary>What was proven before: behind a ticket, or behind the code that a held link left as.</summary>
    public async Task<Result<Proven>> EndAsync(string provider, ExchangeRequest request, CancellationToken cancellationToken)
    {
        switch (request.Credential)
        {
            case ExchangeTicket ticket:
                return await EndAsync(tickets.Unprotect(ticket.Value, provider, request.CurrentUser, request.Binding), ticket.Answers, cancellationToken);

            case LinkCode when request.CurrentUser is null:
                return NobodyToLinkTo;

            case LinkCode code:
                Result<HeldExchange> held = await codes.TakeHeldAsync(code.Code, code.CodeVerifier, cancellationToken);
                return held is { IsSuccess: true, Value: var link }
                    ? await EndAsync(tickets.Unprotect(link.Ticket, provider, request.CurrentUser, HeldExchange.BindingOf(link.CodeChallenge)), NoAnswers, cancellationToken)
                    : held.Error!;

            default:
                throw new ArgumentException("Only a ticket and a link_code hold what was proven before.", nameof(request));
        }
    }

    /// <summary>The interruption with its ticket for another caller. Nothing is spent.</summary>
    /// <param name="interruption">Has a ticket.</param>
    /// <param name="from">What the ticket's caller is known by.</param>
    /// <param name="to">What the other is known by.</param>
    public ExchangeError Rebind(ExchangeError interruption, string from, string to)
    {
        Result<string> ticket = tickets.Rebind(interruption.Ticket ?? "", from, to);
        return ticket.IsSuccess ? interruption with { Ticket = ticket.Value } : ticket.Error;
    }

    // A ticket of somebody else is refused unspent, so that nobody can burn it for its holder. Its holder's is good for one answer, also a
    // wrong one, so that a refusal must not give it back.
    private async Task<Result<Proven>> EndAsync(Result<TicketContent> ticket, IReadOnlyDictionary<string, string> answers, CancellationToken cancellationToken)
    {
        if (!ticket.IsSuccess)
        {
            return ticket.Error;
        }

        return await uses.TrySpendAsync($"ticket:{ticket.Value.Id}", ticket.Value.ExpiresAt, cancellationToken)
            ? Proven.By(ticket.Value, answers)
            : ExchangeError.InvalidGrant("credential_replayed");
    }
}
