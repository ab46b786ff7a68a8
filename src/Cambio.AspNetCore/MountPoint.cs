using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore;

/// <summary>Where the doors were mapped.</summary>
internal sealed class MountPoint
{
    /// <summary>Begins with a slash and does not end in one; empty until the doors are mapped.</summary>
    public PathString Prefix { get; private set; }

    public bool Covers(PathString path) => Prefix.HasValue && path.StartsWithSegments(Prefix);

    /// <exception cref="ArgumentException">The prefix is no plain path.</exception>
    /// <exception cref="InvalidOperationException">The doors are mapped already.</exception>
    public void Set(string prefix)
    {
        string path = "/" + prefix.Trim('/');
        if (path.Length == 1 || path.Contains("//", StringComparison.Ordinal) || path.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('/' or '-' or '_' or '.')))
        {
            throw new ArgumentException("The prefix must be a path of letters, digits, '-', '_' and '.', such as \"/auth\".", nameof(prefix));
        }

        if (Prefix.HasValue)
        {
            throw new InvalidOperationException($"MapCambio was called before, with the prefix {Prefix}: call it once.");
        }

        Prefix = path;
    }
}
