using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
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
            .WithMetadata(new RequestDescription(typeof(ExchangeForm), "application/json", RequestDescription.Form))
            .Produces<ExchangeAnswer>()
            .ProducesRefusals(400, 401, 403, 404, 409, 413, 415, 502, 503);

    private static async Task<IResult> HandleAsync(
        string provider, HttpContext context, [FromServices] ClientGate gate, [FromServices] ExchangeCall call, CancellationToken cancellationToken)
    {
        Result<Caller> caller = gate.Admit(context.Request);
        return caller.IsSuccess
            ? await call.AnswerAsync(provider, caller.Value.Client, currentUser: null, context, cancellationToken)
            : call.Refuse("exchange", caller.Error, context);
    }
}
