using System.Diagnostics;
using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Redirect;
using Cambio.AspNetCore.Requests;
using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>The last wall of every door: what went wrong here becomes an answer without details, and one line in the log.</summary>
internal sealed class DoorFilter(AuditTrail audit, ILogger<DoorFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpRequest request = context.HttpContext.Request;
        CancellationToken aborted = context.HttpContext.RequestAborted;
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (aborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The caller has left; nobody reads an answer.
            Report(context.HttpContext, ExchangeError.ServerError("caller_left"));
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (StoreUnavailableException exception)
        {
            DoorLog.StoreUnavailable(logger, exception, request.Method, RouteOf(context.HttpContext), Activity.Current?.TraceId.ToHexString());
            return Refuse(context.HttpContext, ExchangeError.TemporarilyUnavailable("store_unavailable"));
        }
        catch (Exception exception)
        {
            DoorLog.Unexpected(logger, exception, request.Method, RouteOf(context.HttpContext), Activity.Current?.TraceId.ToHexString());
            return Refuse(context.HttpContext, ExchangeError.ServerError());
        }
    }

    private IResult Refuse(HttpContext context, ExchangeError error)
    {
        Report(context, error);
        return context.Features.Get<RedirectState>() is { } redirect ? Landing.Fail(redirect, error) : new ErrorResponse(error);
    }

    private void Report(HttpContext context, ExchangeError error)
    {
        if (context.Features.Get<PendingAct>() is { } act)
        {
            audit.Refused(act.Action, error, act.Provider, credential: null, CallerAddress.Of(context));
        }
    }

    // The pattern, not the path: the caller wrote the path.
    private static string? RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
}
