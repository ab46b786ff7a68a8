using Cambio.AspNetCore.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>Whatever else stands below the prefix: 404 that says so.</summary>
internal static class UnknownEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.Map("/{**path}", static IResult () => new ErrorResponse(ExchangeError.NotFound("unknown_path"))).ExcludeFromDescription();
}
