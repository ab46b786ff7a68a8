using System.Security.Claims;
using Cambio.AspNetCore.Answers;
using Cambio.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>GET /auth/me</c>: the signed-in user.</summary>
internal static class MeEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapGetDoor("/me", HandleAsync)
            .RequireAuthorization(new AuthorizationPolicyBuilder(CambioAuthentication.Scheme).RequireAuthenticatedUser().Build())
            .WithName("Me")
            .WithSummary("The signed-in user")
            .Produces<UserAnswer>()
            .ProducesRefusals(401, 503);

    private static async Task<IResult> HandleAsync(ClaimsPrincipal me, [FromServices] IStore store, CancellationToken cancellationToken)
    {
        Account? account = me.FindFirstValue("sub") is { } id ? await store.FindUserAsync(new UserRef(id), cancellationToken) : null;
        return account is { Disabled: false }
            ? new JsonAnswer<UserAnswer>(UserAnswer.From(account), AnswerJson.Default.UserAnswer)
            : new ErrorResponse(ExchangeError.InvalidToken(account is null ? "account_gone" : "account_disabled"));
    }
}
