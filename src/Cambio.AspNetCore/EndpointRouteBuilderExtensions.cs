using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore;

/// <summary>Maps Cambio's endpoints.</summary>
public static class EndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoints below <paramref name="prefix"/>, and the two discovery documents below <c>/.well-known</c>. All are open to
    /// everybody whatever the application's fallback policy says, except those of the signed-in user.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Where the endpoints stand: a plain path of the application's root.</param>
    /// <returns>For conventions on all of them, such as a rate limit.</returns>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> is no plain path, or <paramref name="endpoints"/> is a group.</exception>
    /// <exception cref="InvalidOperationException">The endpoints are mapped already.</exception>
    /// <exception cref="OptionsValidationException">Settings are wrong; it names every mistake and the fix.</exception>
    public static IEndpointConventionBuilder MapCambio(this IEndpointRouteBuilder endpoints, string prefix = "/auth")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        if (endpoints is RouteGroupBuilder)
        {
            throw new ArgumentException("Call MapCambio on the application and give it the whole path: the discovery documents stand at the root.", nameof(endpoints));
        }

        endpoints.ServiceProvider.GetRequiredService<StartGate>().Pass();
        endpoints.ServiceProvider.GetRequiredService<PublicUrlNotice>().Give();
        MountPoint mount = endpoints.ServiceProvider.GetRequiredService<MountPoint>();
        mount.Set(prefix);
        RouteGroupBuilder all = endpoints.MapGroup("").AddEndpointFilter<RouteGroupBuilder, DoorFilter>().WithTags("Cambio");
        DiscoveryEndpoint.Map(all.MapGroup("").AllowAnonymous());
        RouteGroupBuilder doors = all.MapGroup(mount.Prefix.Value!);
        MeEndpoint.Map(doors);
        LoginsEndpoint.Map(doors);
        SessionsEndpoint.Map(doors);
        LogoutEndpoint.Map(doors);
        AntiforgeryEndpoint.Map(doors);
        LinkEndpoint.Map(doors);
        LinkTicketEndpoint.Map(doors);
        RouteGroupBuilder open = doors.MapGroup("").AllowAnonymous();
        RouteGroupBuilder oauth = open.MapGroup("").WithMetadata(OAuthErrors.Instance);
        TokenEndpoint.Map(oauth);
        RevokeEndpoint.Map(oauth);
        IntrospectEndpoint.Map(oauth);
        RouteGroupBuilder pages = open.MapGroup("").WithMetadata(PrefersPages.Instance);
        StartEndpoint.Map(pages);
        CallbackEndpoint.Map(pages);
        PopupScriptEndpoint.Map(open);
        ExchangeEndpoint.Map(open);
        SignalEndpoint.Map(open);
        SignalStatusEndpoint.Map(open);
        ProvidersEndpoint.Map(open);
        JwksEndpoint.Map(open);
        UnknownEndpoint.Map(open);
        return all;
    }

    /// <summary>Maps <c>/health/live</c> (the process answers) and <c>/health/ready</c> (store, keys and providers can serve).</summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>For conventions on both.</returns>
    public static IEndpointConventionBuilder MapCambioHealth(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        RouteGroupBuilder health = endpoints.MapGroup("").AddEndpointFilter<RouteGroupBuilder, DoorFilter>().AllowAnonymous().WithTags("Health");
        HealthEndpoints.Map(health);
        return health;
    }
}
