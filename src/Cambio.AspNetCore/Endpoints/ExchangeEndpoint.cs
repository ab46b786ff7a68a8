using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Credentials;
using Cambio.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>POST /auth/{provider}</c>: a provider's credential in, our own token out. A bearer beside it is ignored.</summary>
internal static class ExchangeEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapPostDoor("/{provider}", HandleAsync)
            .WithName("Exchange")
            .WithSummary("Exchanges a provider's access token, ID token or code for our own token")
            .WithMetadata(new RequestDescription(typeof(ExchangeForm), "application/json", "application/x-www-form-urlencoded"))
            .Produces<ExchangeAnswer>()
            .ProducesRefusals(400, 403, 404, 409, 413, 415, 502, 503);

    private static async Task<IResult> HandleAsync(
        string provider,
        HttpContext context,
        [FromServices] TokenExchange exchange,
        [FromServices] AuditTrail audit,
        CancellationToken cancellationToken)
    {
        string? address = CallerAddress.Of(context);
        Result<Credential> credential = await ExchangeBody.ReadAsync(context.Request, cancellationToken);
        if (!credential.IsSuccess)
        {
            // It never enters the corridor, which writes the event of every other exchange.
            audit.Refused("exchange", credential.Error, provider: null, credential: null, address);
            return new ErrorResponse(credential.Error);
        }

        Result<ExchangeResult> result = await exchange.ExchangeAsync(
            new ExchangeRequest
            {
                Provider = provider,
                Credential = credential.Value,
                UserAgent = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null,
                Address = address,
            },
            cancellationToken);
        return result.IsSuccess ? ExchangeAnswer.Of(result.Value) : new ErrorResponse(result.Error);
    }
}
