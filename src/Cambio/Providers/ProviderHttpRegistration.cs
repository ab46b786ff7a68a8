using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Providers;

/// <summary>The client behind <see cref="ProviderHttp"/>: one exchange's own budget bounds its time, nothing is followed, kept or logged.</summary>
internal static class ProviderHttpRegistration
{
    public static IServiceCollection AddProviderHttp(this IServiceCollection services)
    {
        services.AddHttpClient(ProviderHttp.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate;
                handler.MaxResponseHeadersLength = 32;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                handler.ActivityHeadersPropagator = null;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.TryAddSingleton<ProviderHttp>();
        return services;
    }
}
