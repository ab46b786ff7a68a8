using Cambio.AspNetCore.Answers;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>GET /auth/jwks</c>: the public keys of our tokens.</summary>
internal static class JwksEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapGetDoor("/jwks", HandleAsync)
            .WithName("Jwks")
            .WithSummary("The public keys of our tokens (RFC 7517)")
            .Produces<KeysAnswer>();

    private static async Task<IResult> HandleAsync(
        [FromServices] SigningKeyRing keys, [FromServices] TimeProvider time, CancellationToken cancellationToken)
    {
        SigningKeySet set = await keys.GetAsync(cancellationToken);
        return new PublicJson<KeysAnswer>(new([.. set.Published(time.GetUtcNow()).Select(KeyAnswer.From)]), AnswerJson.Default.KeysAnswer);
    }
}
