using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Redirect;
using Cambio.AspNetCore.Requests;
using Cambio.Providers;
using Cambio.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>GET /auth/{provider}/start</c>: sends the browser to the provider. A refusal stays here: nothing that the caller wrote is gone to.</summary>
internal static class StartEndpoint
{
    private static readonly ExchangeError NoNavigation =
        ExchangeError.InvalidRequest("Send the browser here by navigation: a link, location.assign or window.open; not by fetch, a frame or an image.", "no_navigation");

    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapGetDoor("/{provider}/start", HandleAsync)
            .WithName("Start")
            .WithSummary("Begins a sign-in by redirect: sends the browser to the provider, and back to return_url in the end")
            .WithMetadata(new QueryDescription(StartQuery.Known))
            .Produces(302)
            .ProducesRefusals(400, 403, 404, 502, 503);

    private static async Task<IResult> HandleAsync(
        string provider,
        HttpContext context,
        [FromServices] ProviderRegistry providers,
        [FromServices] RedirectStart start,
        [FromServices] AuditTrail audit,
        CancellationToken cancellationToken)
    {
        Result<Provider> found = providers.Find(provider);
        PendingAct.Begin(context, "start", found.Value?.Id);
        Result<string> address = !found.IsSuccess ? found.Error
            : IsSubresource(context.Request) ? NoNavigation
            : await start.BeginAsync(found.Value, context, cancellationToken);
        PendingAct.End(context);
        if (address.IsSuccess)
        {
            return new RedirectAnswer(address.Value);
        }

        audit.Refused("start", address.Error, found.Value?.Id, credential: null, CallerAddress.Of(context));
        return new ErrorResponse(address.Error);
    }

    // Fetch metadata: an image or a frame on anybody's page would fill the browser with states. Who does not say is no such browser.
    private static bool IsSubresource(HttpRequest request) => request.Headers["Sec-Fetch-Dest"] is { Count: > 0 } destination && destination != "document";
}
