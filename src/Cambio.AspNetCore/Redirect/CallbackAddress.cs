using Cambio.Providers;
using Cambio.Tokens;

namespace Cambio.AspNetCore.Redirect;

/// <summary>The redirect URI that a provider has registered for us: one for each, so that none can pass for another (RFC 9700 4.4.2.2).</summary>
internal sealed class CallbackAddress(IPublicAddress address, MountPoint mount)
{
    public string Of(Provider provider) => $"{address.Value.TrimEnd('/')}{mount.Prefix.Value}/{provider.Id}/callback";
}
