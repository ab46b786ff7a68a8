namespace Cambio.AspNetCore.FrontEnd;

/// <summary>The origin of an address, as browsers write it (RFC 6454 6.2): lower case, in ASCII, without a default port.</summary>
internal static class WebOrigin
{
    /// <summary>The origin; null where there is none.</summary>
    public static string? Of(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && url is { Scheme: "https" or "http", UserInfo: "", Host.Length: > 0 }
            ? $"{url.Scheme}://{HostOf(url)}{(url.IsDefaultPort ? "" : $":{url.Port}")}"
            : null;

    // IdnHost leaves the brackets of IPv6 out.
    private static string HostOf(Uri url) => url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost;
}
