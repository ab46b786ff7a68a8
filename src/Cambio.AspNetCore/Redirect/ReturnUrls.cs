using System.Collections.Frozen;
using Cambio.AspNetCore.FrontEnd;
using Cambio.Providers;
using Cambio.Tokens;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Redirect;

/// <summary>The only addresses that a browser is sent back to: <c>Cambio:FrontEnd:ReturnUrls</c>, and for popups the origins.</summary>
internal sealed class ReturnUrls(IOptions<FrontEndOptions> options, IPublicAddress address)
{
    /// <summary>In characters; what the browser is given to keep has to fit into a cookie.</summary>
    public const int Longest = 2000;

    private readonly FrozenSet<string> listed = TextList.Split(options.Value.ReturnUrls).ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> origins = TextList.Split(options.Value.Origins).ToFrozenSet(StringComparer.Ordinal);
    private readonly LoopbackUrl[] open = [.. TextList.Split(options.Value.ReturnUrls).Select(LoopbackUrl.Of).OfType<LoopbackUrl>()];

    /// <summary>Whether the address is listed, byte for byte; a loopback entry without a port stands for any (RFC 8252 7.3).</summary>
    public bool Allows(string url) => url.Length <= Longest && (listed.Contains(url) || Array.Exists(open, entry => entry.Covers(url)));

    /// <summary>Whether a popup may post to this origin: listed in <c>Cambio:FrontEnd:Origins</c>, or our own.</summary>
    public bool AllowsOrigin(string origin) => origins.Contains(origin) || origin == WebOrigin.Of(address.Value);
}
