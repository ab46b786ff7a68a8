using Cambio.AspNetCore.Answers;
using Cambio.Clients;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>The well-known documents, so that any language's library can validate our tokens.</summary>
internal static class DiscoveryEndpoint
{
    private static readonly string[] WithSecret = ["client_secret_basic", "client_secret_post"];
    private static readonly string[] WithOrWithout = [.. WithSecret, "none"];

    public static void Map(IEndpointRouteBuilder doors)
    {
        Map(doors, "/.well-known/openid-configuration", "OpenIdConfiguration");
        Map(doors, "/.well-known/oauth-authorization-server", "AuthorizationServerMetadata");
    }

    private static void Map(IEndpointRouteBuilder doors, string path, string name) =>
        doors.MapGetDoor(path, HandleAsync)
            .WithName(name)
            .WithSummary("Where our endpoints and keys are (RFC 8414)")
            .Produces<DiscoveryAnswer>();

    private static async Task<IResult> HandleAsync(
        [FromServices] TokenParties parties,
        [FromServices] DoorAddress doors,
        [FromServices] SigningKeyRing keys,
        [FromServices] IOptions<CambioOptions> options,
        [FromServices] TimeProvider time,
        CancellationToken cancellationToken)
    {
        // Of all keys that verify: a change of the setting has two algorithms in use for a while.
        IEnumerable<string> algorithms = (await keys.GetAsync(cancellationToken)).Published(time.GetUtcNow()).Select(static key => key.Algorithm);
        return new PublicJson<DiscoveryAnswer>(
            new(
                Issuer: parties.Issuer,
                JwksUri: doors.Of("/jwks"),
                TokenEndpoint: doors.Of("/token"),
                TokenEndpointAuthMethods: options.Value.Tokens.RequireClient ? WithSecret : WithOrWithout,
                RevocationEndpoint: doors.Of("/revoke"),
                RevocationEndpointAuthMethods: WithOrWithout,
                IntrospectionEndpoint: doors.Of("/introspect"),
                IntrospectionEndpointAuthMethods: WithSecret,
                GrantTypes: GrantTypes.Served(options.Value.Tokens.Kind),
                ResponseTypes: ["code"],
                SubjectTypes: ["public"],
                SigningAlgorithms: [.. algorithms.Distinct()],
                CodeChallengeMethods: ["S256"]),
            AnswerJson.Default.DiscoveryAnswer);
    }
}
