using Cambio.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Proxies;

/// <summary>Refuses proxies that are none, and the platform's own switch, which believes whoever calls.</summary>
internal sealed class ProxyMistakes(IOptions<CambioOptions> options, IConfiguration configuration) : IStartCheck
{
    public IEnumerable<string> Mistakes()
    {
        foreach (string entry in TextList.Split(options.Value.TrustedProxies).Where(static entry => TrustedProxies.Parse(entry) is null))
        {
            yield return $"Cambio:TrustedProxies holds \"{entry}\", which is neither an address nor a network: write addresses such as 10.0.0.5 or fd00::5, and networks by their first address and length, such as 10.0.0.0/8; the length 0 would be everybody.";
        }

        // Behind the prefix that the host takes off: ASPNETCORE_ or DOTNET_.
        if ("true".Equals(configuration["ForwardedHeaders_Enabled"], StringComparison.OrdinalIgnoreCase))
        {
            yield return "ASPNETCORE_FORWARDEDHEADERS_ENABLED is true, which believes the forwarded headers of everybody who calls: remove it, and name your proxies in Cambio:TrustedProxies.";
        }
    }
}
