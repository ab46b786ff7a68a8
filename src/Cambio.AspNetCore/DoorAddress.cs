using Cambio.Tokens;

namespace Cambio.AspNetCore;

/// <summary>What the world calls our doors by: the public address, where they are mounted, and the rest. The one place that puts these together.</summary>
internal sealed class DoorAddress(IPublicAddress address, MountPoint mount)
{
    /// <param name="path">What stands behind the prefix; begins with a slash.</param>
    public string Of(string path) => $"{address.Value.TrimEnd('/')}{mount.Prefix.Value}{path}";
}
