using Cambio.AspNetCore.Bearer;
using Cambio.AspNetCore.Cookies;
using Cambio.AspNetCore.Endpoints;
using Cambio.AspNetCore.Endpoints.Grants;
using Cambio.AspNetCore.FrontEnd;
using Cambio.AspNetCore.Proxies;
using Cambio.AspNetCore.Redirect;
using Cambio.AspNetCore.Requests;
using Cambio.Tokens;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore;

/// <summary>Adds Cambio to an ASP.NET Core application.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds Cambio, and the authentication scheme <see cref="CambioAuthentication.Scheme"/>, so that <c>RequireAuthorization()</c> on any
    /// endpoint accepts Cambio's access tokens and session cookies. A store has to be added to what this returns.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The whole configuration; Cambio reads the section <c>Cambio</c>.</param>
    /// <returns>Where the registration goes on.</returns>
    public static CambioBuilder AddCambio(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        CambioBuilder builder = services.AddCambioCore(configuration);
        services.AddSingleton<StartGate>();
        services.AddSingleton<IStartCheck, SimulatorStartCheck>();
        services.AddDataProtection();
        services.TryAddSingleton<IPublicAddress, PublicAddress>();
        services.TryAddSingleton<MountPoint>();
        services.TryAddSingleton<DoorAddress>();
        services.TryAddSingleton<PlainHttp>();
        services.TryAddSingleton<PublicUrlNotice>();
        services.AddHostedService<SigningKeyRefresh>();
        AddGrants(services);
        AddBearer(services);
        AddCookies(services);
        AddFrontEnd(services, configuration);
        AddProxies(services);
        services.TryAddSingleton<StateCookies>();
        services.TryAddSingleton<ReturnUrls>();
        services.TryAddSingleton<LinkTickets>();
        services.TryAddSingleton<RedirectStart>();
        services.TryAddSingleton<RedirectEnd>();
        services.TryAddSingleton<CallbackCall>();
        return builder;
    }

    private static void AddGrants(IServiceCollection services)
    {
        services.TryAddSingleton<ClientGate>();
        services.TryAddSingleton<ExchangeCall>();
        services.AddSingleton<IGrant, AuthorizationCodeGrant>();
        services.AddSingleton<IGrant, RefreshTokenGrant>();
        services.AddSingleton<IGrant, TokenExchangeGrant>();
    }

    private static void AddBearer(IServiceCollection services)
    {
        services.AddAuthentication()
            .AddJwtBearer(CambioAuthentication.Scheme, static _ => { })
            .AddJwtBearer(BearerSetup.DoorScheme, static _ => { })
            .AddCookie(CambioAuthentication.CookieScheme, static _ => { });
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerSetup>();
        services.AddSingleton<IPostConfigureOptions<AuthenticationOptions>, DefaultScheme>();
        services.AddAuthorization();
    }

    private static void AddCookies(IServiceCollection services)
    {
        services.TryAddSingleton<SessionTicket>();
        services.TryAddSingleton<SessionCookies>();
        services.TryAddSingleton<SessionCookieEvents>();
        services.TryAddSingleton<AntiforgeryCheck>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookieSetup>();
        services.AddAntiforgery();
        services.AddSingleton<IPostConfigureOptions<AntiforgeryOptions>, AntiforgerySetup>();
    }

    private static void AddFrontEnd(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FrontEndOptions>().Bind(configuration.GetSection("Cambio:FrontEnd"));
        services.AddSingleton(new SettingsSection("FrontEnd", typeof(FrontEndOptions)));
        services.AddSingleton<IStartCheck, FrontEndMistakes>();
        services.AddSingleton<IStartCheck, ReturnUrlMistakes>();
        services.AddCors();
        services.AddSingleton<IConfigureOptions<CorsOptions>, OriginPolicy>();
        services.AddSingleton<IStartupFilter, OriginFilter>();
    }

    private static void AddProxies(IServiceCollection services)
    {
        services.AddSingleton<IStartCheck, ProxyMistakes>();

        // The first registered stands outermost, also around what the application registered before us.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, ForwardedHeadersFilter>());
    }
}
