using Cambio.AspNetCore.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>GET /auth/popup.js</c>: the script of the page that a popup ends on.</summary>
internal static class PopupScriptEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapGetDoor(PopupScript.Path, static () => PopupScript.Instance).ExcludeFromDescription();
}
