using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Providers;
using Cambio.Signals;
using Cambio.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>POST /auth/{provider}/signals/{name}</c>: what a provider tells by itself, acknowledged as its sender expects.</summary>
internal static class SignalEndpoint
{
    public const string Pattern = "/{provider}/signals/{name}";

    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapPostDoor(Pattern, HandleAsync)
            .WithName("Signal")
            .WithSummary("Takes what a provider tells by itself: a logout, a revoked consent, a request to delete")
            .WithMetadata(OAuthErrors.OwnStatus)
            .Produces<ConfirmationAnswer>()
            .Produces(202)
            .Produces<OAuthError>(400)
            .Produces<OAuthError>(404)
            .Produces<OAuthError>(503);

    private static async Task<IResult> HandleAsync(
        string provider,
        string name,
        HttpContext context,
        [FromServices] ProviderRegistry providers,
        [FromServices] SignalDesk desk,
        [FromServices] AuditTrail audit,
        [FromServices] DoorAddress doors,
        CancellationToken cancellationToken)
    {
        string? caller = CallerAddress.Of(context);
        Result<SignalSource> source = SignalSource.Find(providers, provider, name);
        if (!source.IsSuccess)
        {
            audit.Refused("signal", source.Error, provider: null, credential: null, caller);
            return new ErrorResponse(source.Error);
        }

        SignalDefinition definition = source.Value.Definition;
        Result<string> token = await SignalBody.ReadAsync(context.Request, definition, cancellationToken);
        Result<SignalReceipt> receipt = await desk.ReceiveAsync(source.Value, token, caller, cancellationToken);
        bool isEventToken = definition.Format == SignalFormat.SecurityEventToken;
        if (!receipt.IsSuccess)
        {
            return isEventToken ? new EventTokenRefusal(receipt.Error) : new ErrorResponse(receipt.Error);
        }

        // RFC 8935 2.2; OpenID Connect Back-Channel Logout 2.8.
        return receipt.Value.ConfirmationCode is { } code
            ? new JsonAnswer<ConfirmationAnswer>(new(doors.Of($"/{provider}/signals/{name}/{code}"), code), AnswerJson.Default.ConfirmationAnswer)
            : new Acknowledgement(isEventToken ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }
}
