using System.Security.Claims;
using Cambio.AspNetCore.Bearer;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>The way from a bearer or a session cookie to the session and the user behind it, as they are now.</summary>
internal static class SignedIn
{
    private static readonly AuthorizationPolicy Policy =
        new AuthorizationPolicyBuilder(BearerSetup.DoorScheme).RequireAuthenticatedUser().Build();

    /// <summary>The door opens to a bearer or a session cookie of ours only; whether its session goes on, <see cref="FindAsync"/> says.</summary>
    public static RouteHandlerBuilder RequireBearer(this RouteHandlerBuilder door) => door.RequireAuthorization(Policy).WithMetadata(SignedInDoor.Instance);

    /// <summary>The session and its user; <c>invalid_token</c> as soon as the session has ended, or the user is disabled or gone.</summary>
    public static async Task<Result<SessionLookup>> FindAsync(this Sessions sessions, ClaimsPrincipal me, CancellationToken cancellationToken)
    {
        if (me.FindFirstValue("sid") is not { } id)
        {
            return ExchangeError.InvalidToken("session_unknown");
        }

        Result<SessionLookup> found = await sessions.FindAsync(id, cancellationToken);
        return !found.IsSuccess || found.Value.Account.User.Id == me.FindFirstValue("sub") ? found : ExchangeError.InvalidToken("session_of_another_user");
    }
}
