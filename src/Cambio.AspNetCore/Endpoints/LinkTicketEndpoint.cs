using System.Security.Claims;
using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Redirect;
using Cambio.AspNetCore.Requests;
using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>POST /auth/{provider}/link-ticket</c>: what a signed-in user takes to a start that is to link, since no bearer may stand in an address.</summary>
internal static class LinkTicketEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapPostDoor("/{provider}/link-ticket", HandleAsync)
            .RequireBearer()
            .WithName("LinkTicket")
            .WithSummary("A ticket for link_ticket of a start, which links the identity to the signed-in user; good once, for a minute")
            .Produces<LinkTicketAnswer>()
            .ProducesRefusals(401, 403, 404, 503);

    private static async Task<IResult> HandleAsync(
        string provider,
        ClaimsPrincipal me,
        HttpContext context,
        [FromServices] Sessions sessions,
        [FromServices] ProviderRegistry providers,
        [FromServices] LinkTickets tickets,
        [FromServices] AuditTrail audit,
        CancellationToken cancellationToken)
    {
        PendingAct.Begin(context, "link");
        Result<SessionLookup> caller = await sessions.FindAsync(me, cancellationToken);
        Result<Provider> found = providers.Find(provider);
        ExchangeError? error = caller.Error ?? found.Error ?? AuthorizationRequests.Refusal(found.Value!);
        if (error is not null)
        {
            audit.Refused("link", error, found.Value?.Id, credential: null, CallerAddress.Of(context));
            return new ErrorResponse(error);
        }

        var answer = new LinkTicketAnswer(tickets.Issue(caller.Value!.Session, found.Value!.Id), (int)LinkTickets.Lifetime.TotalSeconds);
        return new JsonAnswer<LinkTicketAnswer>(answer, AnswerJson.Default.LinkTicketAnswer);
    }
}
