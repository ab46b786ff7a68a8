using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Cambio.AspNetCore.Proxies;

/// <summary>Ahead of everything else: takes the client's address and scheme from the proxies that are trusted, and from nobody else. Never a host.</summary>
internal sealed class ForwardedHeadersFilter(IOptions<CambioOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        // The middleware trusts everybody when it is told nobody.
        if (TrustedProxies.Read(options.Value.TrustedProxies) is { Length: > 0 } proxies)
        {
            app.UseForwardedHeaders(Trusting(proxies));
        }

        next(app);
    };

    private static ForwardedHeadersOptions Trusting(IPNetwork[] proxies)
    {
        var headers = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,

            // However many proxies stand in line, the first that is not trusted ends it.
            ForwardLimit = null,
        };
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (IPNetwork proxy in proxies)
        {
            headers.KnownIPNetworks.Add(proxy);
        }

        return headers;
    }
}
