using Cambio.AspNetCore.Answers;
using Cambio.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>The last wall of every door: what went wrong here becomes an answer without details, and one line in the log.</summary>
internal sealed class DoorFilter(ILogger<DoorFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        CancellationToken aborted = context.HttpContext.RequestAborted;
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (aborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The caller has left; nobody reads an answer.
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (StoreUnavailableException exception)
        {
            DoorLog.StoreUnavailable(logger, exception);
            return new ErrorResponse(ExchangeError.TemporarilyUnavailable("store_unavailable"));
        }
        catch (Exception exception)
        {
            DoorLog.Unexpected(logger, exception);
            return new ErrorResponse(ExchangeError.ServerError());
        }
    }
}
