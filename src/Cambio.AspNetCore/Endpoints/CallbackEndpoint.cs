using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>GET,POST /auth/{provider}/callback</c>: where providers send the browser back to, some by a form that it posts.</summary>
internal static class CallbackEndpoint
{
    public static void Map(IEndpointRouteBuilder doors)
    {
        var door = new Door(doors, "/{provider}/callback");
        door.Get(HandleAsync).ExcludeFromDescription();
        door.Post(HandleAsync).ExcludeFromDescription();
    }

    private static Task<IResult> HandleAsync(
        string provider, HttpContext context, [FromServices] CallbackCall call, CancellationToken cancellationToken) =>
        call.AnswerAsync(provider, context, cancellationToken);
}
