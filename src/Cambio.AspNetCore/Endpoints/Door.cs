using Cambio.AspNetCore.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>Maps an address: one method is answered, every other one with 405 and the reason, not with routing's empty body.</summary>
internal static class Door
{
    private static readonly ExchangeError WrongMethod =
        ExchangeError.InvalidRequest("This address does not take this method; the Allow header names those it takes.", ErrorStatus.MethodNotAllowed);

    public static RouteHandlerBuilder MapGetDoor(this IEndpointRouteBuilder doors, string pattern, Delegate handler) =>
        doors.MapDoor(HttpMethods.Get, pattern, handler);

    public static RouteHandlerBuilder MapPostDoor(this IEndpointRouteBuilder doors, string pattern, Delegate handler) =>
        doors.MapDoor(HttpMethods.Post, pattern, handler);

    private static RouteHandlerBuilder MapDoor(this IEndpointRouteBuilder doors, string method, string pattern, Delegate handler)
    {
        doors.Map(pattern, (HttpContext context) => Refuse(context, method)).ExcludeFromDescription();
        return doors.MapMethods(pattern, [method], handler);
    }

    private static ErrorResponse Refuse(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return new ErrorResponse(WrongMethod);
    }
}
