using Cambio.AspNetCore.Bearer;
using Cambio.AspNetCore.Endpoints;
using Cambio.AspNetCore.Endpoints.Grants;
using Cambio.AspNetCore.FrontEnd;
using Cambio.AspNetCore.Requests;
using Cambio.Tokens;
using Microsoft.AspNetCore.Authentication;
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
    /// endpoint accepts Cambio's access tokens. A store has to be added to what this returns.
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
        services.AddHostedService<SigningKeyRefresh>();
        AddGrants(services);
        AddBearer(services);
        AddFrontEnd(services, configuration);
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
            .AddJwtBearer(BearerSetup.DoorScheme, static _ => { });
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerSetup>();
        services.AddSingleton<IPostConfigureOptions<AuthenticationOptions>, DefaultScheme>();
        services.AddAuthorization();
    }

    private static void AddFrontEnd(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FrontEndOptions>().Bind(configuration.GetSection("Cambio:FrontEnd"));
        services.AddSingleton(new SettingsSection("FrontEnd", typeof(FrontEndOptions)));
        services.AddSingleton<IStartCheck, FrontEndMistakes>();
        services.AddCors();
        services.AddSingleton<IConfigureOptions<CorsOptions>, OriginPolicy>();
        services.AddSingleton<IStartupFilter, OriginFilter>();
    }
}
