using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Clients;
using Cambio.Credentials;
using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>What exchanging and linking have in common: the credential is read, walked through the corridor, and what comes of it answered.</summary>
internal sealed class ExchangeCall(TokenExchange exchange, AuditTrail audit)
{
    /// <param name="provider">The provider's id, as the caller wrote it.</param>
    /// <param name="client">The confidential client that asks, if any.</param>
    /// <param name="currentUser">The signed-in user to link to; null for a sign-in.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    public async Task<IResult> AnswerAsync(
        string provider, Client? client, UserRef? currentUser, HttpContext context, CancellationToken cancellationToken)
    {
        Result<Credential> credential = await ExchangeBody.ReadAsync(context.Request, cancellationToken);
        if (!credential.IsSuccess)
        {
            return Refuse(currentUser is null ? "exchange" : "link", credential.Error, context);
        }

        TicketBinding binding = TicketBinding.Of(context, client);
        Result<ExchangeResult> result = await exchange.ExchangeAsync(
            new ExchangeRequest
            {
                Provider = provider,
                Credential = credential.Value,
                CurrentUser = currentUser,
                Client = client,
                Binding = binding.Text,
                UserAgent = CallerAddress.AgentOf(context),
                Address = CallerAddress.Of(context),
            },
            cancellationToken);
        binding.Settle(result.Error);
        return result.IsSuccess ? ExchangeAnswer.Of(result.Value) : new ErrorResponse(result.Error);
    }

    /// <summary>Refuses what never enters the corridor, which writes the event of every other exchange.</summary>
    public ErrorResponse Refuse(string action, ExchangeError error, HttpContext context)
    {
        audit.Refused(action, error, provider: null, credential: null, CallerAddress.Of(context));
        return new ErrorResponse(error);
    }
}
