using Cambio.AspNetCore.Answers;
using Cambio.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>GET /auth/providers</c>: what buttons to show, and where they lead.</summary>
internal static class ProvidersEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapGetDoor("/providers", HandleAsync)
            .WithName("Providers")
            .WithSummary("The enabled providers and what each accepts")
            .Produces<ProvidersAnswer>();

    private static async Task<IResult> HandleAsync(
        [FromServices] ProviderRegistry registry, [FromServices] ProviderMetadata metadata, CancellationToken cancellationToken)
    {
        ProviderButton[] buttons = await Task.WhenAll(registry.All.Select(provider => ToButtonAsync(provider, metadata, cancellationToken)));
        return new JsonAnswer<ProvidersAnswer>(new(buttons), AnswerJson.Default.ProvidersAnswer);
    }

    internal static async Task<ProviderButton> ToButtonAsync(Provider provider, ProviderMetadata metadata, CancellationToken cancellationToken)
    {
        Result<Uri> endpoint = await metadata.EndpointAsync(provider, ProviderEndpoint.Authorization, null, cancellationToken);
        return new(
            provider.Id,
            provider.Definition.Name,
            provider.Accepts,
            provider.ClientId,
            endpoint.IsSuccess ? ProviderUrl.Route(endpoint.Value, provider.Simulator).AbsoluteUri : null,
            provider.Scope.Count == 0 ? null : string.Join(provider.Definition.Authorization.ScopeSeparator, provider.Scope),
            Monogram.Of(provider.Definition.Name));
    }
}
