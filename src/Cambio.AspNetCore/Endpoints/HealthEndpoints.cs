using Cambio.AspNetCore.Answers;
using Cambio.Providers;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>GET /health/live</c>: the process answers. <c>GET /health/ready</c>: it can serve. Neither tells more than that.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder doors)
    {
        doors.MapGetDoor("/health/live", static () => Healthy("live"))
            .WithName("Live")
            .WithSummary("Whether the process answers")
            .Produces<HealthAnswer>();
        doors.MapGetDoor("/health/ready", ReadyAsync)
            .WithName("Ready")
            .WithSummary("Whether store, keys and providers are ready")
            .Produces<HealthAnswer>()
            .ProducesRefusals(503);
    }

    private static async Task<IResult> ReadyAsync(
        [FromServices] IStore store,
        [FromServices] SigningKeyRing keys,
        [FromServices] ProviderRegistry providers,
        [FromServices] TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (!await store.IsReadyAsync(either.Token))
            {
                return NotReady("store_not_ready");
            }

            _ = (await keys.GetAsync(either.Token)).Signing(time.GetUtcNow());
            _ = providers.All;
            return Healthy("ready");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return NotReady("store_slow");
        }
    }

    private static IResult Healthy(string status) => new JsonAnswer<HealthAnswer>(new(status), AnswerJson.Default.HealthAnswer);

    private static IResult NotReady(string reason) => new ErrorResponse(ExchangeError.TemporarilyUnavailable(reason));
}
