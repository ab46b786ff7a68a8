using Cambio.AspNetCore.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>An address: the methods mapped to it are answered, every other one with 405 and the reason, not with routing's empty body.</summary>
internal sealed class Door
{
    private static readonly ExchangeError WrongMethod =
        ExchangeError.InvalidRequest("This address does not take this method; the Allow header names those it takes.", ErrorStatus.MethodNotAllowed);

    private readonly IEndpointRouteBuilder doors;
    private readonly string pattern;
    private readonly List<string> allowed = [];

    public Door(IEndpointRouteBuilder doors, string pattern)
    {
        this.doors = doors;
        this.pattern = pattern;
        doors.Map(pattern, Refuse).AllowAnonymous().ExcludeFromDescription();
    }

    public RouteHandlerBuilder Get(Delegate handler) => Map(HttpMethods.Get, handler);

    public RouteHandlerBuilder Post(Delegate handler) => Map(HttpMethods.Post, handler);

    public RouteHandlerBuilder Patch(Delegate handler) => Map(HttpMethods.Patch, handler);

    public RouteHandlerBuilder Delete(Delegate handler) => Map(HttpMethods.Delete, handler);

    private RouteHandlerBuilder Map(string method, Delegate handler)
    {
        allowed.Add(method);
        return doors.MapMethods(pattern, [method], handler);
    }

    private ErrorResponse Refuse(HttpContext context)
    {
        context.Response.Headers.Allow = string.Join(", ", allowed);
        return new ErrorResponse(WrongMethod);
    }
}

/// <summary>Maps an address that takes one method.</summary>
internal static class SingleDoor
{
    public static RouteHandlerBuilder MapGetDoor(this IEndpointRouteBuilder doors, string pattern, Delegate handler) =>
        new Door(doors, pattern).Get(handler);

    public static RouteHandlerBuilder MapPostDoor(this IEndpointRouteBuilder doors, string pattern, Delegate handler) =>
        new Door(doors, pattern).Post(handler);
}
