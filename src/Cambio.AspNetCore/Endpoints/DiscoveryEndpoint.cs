using Cambio.AspNetCore.Answers;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>The well-known documents, so that any language's library can validate our tokens.</summary>
internal static class DiscoveryEndpoint
{
    private const string CacheControl = "public, max-age=900";

    public static void Map(IEndpointRouteBuilder doors)
    {
        Map(doors, "/.well-known/openid-configuration", "OpenIdConfiguration");
        Map(doors, "/.well-known/oauth-authorization-server", "AuthorizationServerMetadata");
    }

    private static void Map(IEndpointRouteBuilder doors, string path, string name) =>
        doors.MapGetDoor(path, Handle)
            .WithName(name)
            .WithSummary("Where our endpoints and keys are (RFC 8414)")
            .Produces<DiscoveryAnswer>();

    private static IResult Handle([FromServices] TokenParties parties, [FromServices] IPublicAddress address, [FromServices] MountPoint mount)
    {
        string doors = address.Value.TrimEnd('/') + mount.Prefix;
        return new JsonAnswer<DiscoveryAnswer>(
            new(
                Issuer: parties.Issuer,
                JwksUri: $"{doors}/jwks",
                TokenEndpoint: $"{doors}/token",
                TokenEndpointAuthMethods: ["none"],
                GrantTypes: TokenEndpoint.Grants,
                ResponseTypes: ["code"],
                SubjectTypes: ["public"],
                SigningAlgorithms: ["ES256"],
                CodeChallengeMethods: ["S256"]),
            AnswerJson.Default.DiscoveryAnswer,
            CacheControl);
    }
}
