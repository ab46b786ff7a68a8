using System.Net;
using System.Net.Sockets;
using Cambio.Providers;

namespace Cambio.AspNetCore.Proxies;

/// <summary>Reads <c>Cambio:TrustedProxies</c>: addresses, and networks by their first address and length.</summary>
internal static class TrustedProxies
{
    /// <summary>Those entries that name somebody; a single address is a network of one.</summary>
    public static IPNetwork[] Read(string? setting) => [.. TextList.Split(setting).Select(Parse).OfType<IPNetwork>()];

    /// <summary>The network; null for an entry that is none, or is everybody.</summary>
    public static IPNetwork? Parse(string entry)
    {
        string address = entry.Split('/', 2)[0];
        if (!IPAddress.TryParse(address, out IPAddress? first) || !IsWholeAddress(address, first))
        {
            return null;
        }

        if (address.Length == entry.Length)
        {
            return new IPNetwork(first, first.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        }

        return IPNetwork.TryParse(entry, out IPNetwork network) && network.BaseAddress.Equals(first) && network.PrefixLength > 0 ? network : null;
    }

    // The platform also takes 10.1 for 10.0.0.1, 010 for 8, and a port behind brackets.
    private static bool IsWholeAddress(string text, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() == text : !text.Contains('[', StringComparison.Ordinal);
}
