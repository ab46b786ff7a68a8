using System.Net;

namespace Cambio.Providers;

/// <summary>Addresses of providers: made from templates, checked, and sent past a simulator where one plays the provider.</summary>
internal static class ProviderUrl
{
    private static readonly IPNetwork[] InternalNetworks =
    [
        .. new[] { "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "::/128", "fc00::/7", "fe80::/10" }
            .Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>The address, or null when it cannot be made or must not be called.</summary>
    /// <remarks>
    /// Values of a request or an answer are percent-encoded, except one that the address begins with. Where they decide the host, it must be allowed.
    /// </remarks>
    public static Uri? Build(string template, AnswerScope scope)
    {
        bool fromAnswer = ProviderTemplate.IsTemplate(template) && ProviderTemplate.Names(AddressHosts.HostOf(template)).Any(name => !scope.IsVariable(name));
        string? text = fromAnswer && template.StartsWith('{') ? FillWhole(template, scope) : ProviderTemplate.Fill(template, scope, Uri.EscapeDataString);
        if (text is null || !Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || !IsSafe(address))
        {
            return null;
        }

        return fromAnswer && !IsAllowed(address, scope.Provider.Definition.AllowedHosts) ? null : address;
    }

    /// <summary>https, or http on a loopback address, and no user information (RFC 3986 3.2.1).</summary>
    public static bool IsSafe(Uri address) =>
        address.UserInfo.Length == 0 && address.Fragment.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <summary>Whether the host is an address of this machine or of a private network: loopback, RFC 1918, 3927, 4193, 4291 2.5.6, 6598.</summary>
    public static bool IsInternal(Uri address)
    {
        if (address.IsLoopback || !IPAddress.TryParse(address.DnsSafeHost, out IPAddress? ip))
        {
            return address.IsLoopback;
        }

        ip = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        return IPAddress.IsLoopback(ip) || Array.Exists(InternalNetworks, network => network.Contains(ip));
    }

    /// <summary>Where a call really goes: <c>{simulator}/{host}/{path}?{query}</c> when the provider is simulated.</summary>
    public static Uri Route(Uri address, Uri? simulator) =>
        simulator is null ? address : new Uri($"{simulator.AbsoluteUri.TrimEnd('/')}/{address.Authority}{address.PathAndQuery}{address.Fragment}");

    // The value that the address begins with is one already; whatever comes behind it stays a word of it.
    private static string? FillWhole(string template, AnswerScope scope)
    {
        int end = template.IndexOf('}') + 1;
        return ProviderTemplate.Fill(template[..end], scope) is { } start && ProviderTemplate.Fill(template[end..], scope, Uri.EscapeDataString) is { } rest
            ? start + rest
            : null;
    }

    private static bool IsAllowed(Uri address, TextList hosts) =>
        address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort
        && hosts.Any(host => host.StartsWith('.')
            ? address.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)
            : address.Host.Equals(host, StringComparison.OrdinalIgnoreCase));
}
