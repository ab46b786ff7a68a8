using System.Globalization;

namespace Cambio.AspNetCore.Redirect;

/// <summary>
/// A return address on the user's own machine that leaves its port open, for applications that are given one by the system (RFC 8252
/// 7.3). Compared as text: whoever takes an address apart may see other parts than the browser does.
/// </summary>
/// <param name="Origin">What stands before the port.</param>
/// <param name="Rest">What stands behind it.</param>
internal sealed record LoopbackUrl(string Origin, string Rest)
{
    private const int HighestPort = 65535;

    private static readonly string[] Origins = ["http://127.0.0.1", "http://[::1]", "http://localhost"];

    /// <summary>The open address that an entry stands for; null where it names a port or is none of the user's own machine.</summary>
    public static LoopbackUrl? Of(string entry) =>
        Array.Find(Origins, origin => entry.StartsWith(origin, StringComparison.Ordinal) && entry.AsSpan(origin.Length) is [] or ['/' or '?', ..]) is { } found
            ? new LoopbackUrl(found, entry[found.Length..])
            : null;

    /// <summary>Whether a scheme and an authority are of the user's own machine, whatever the port.</summary>
    public static bool Is(string origin) =>
        Array.Exists(Origins, known => origin.StartsWith(known, StringComparison.Ordinal) && origin.AsSpan(known.Length) is [] or [':', ..]);

    /// <summary>Whether the address is this one with a port, written plainly.</summary>
    public bool Covers(string url)
    {
        int start = Origin.Length + 1;
        int end = url.Length - Rest.Length;
        return end > start
            && url[Origin.Length] == ':'
            && url.StartsWith(Origin, StringComparison.Ordinal)
            && url.EndsWith(Rest, StringComparison.Ordinal)
            && IsPort(url.AsSpan(start, end - start));
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.Length <= 5 && text[0] != '0' && !text.ContainsAnyExceptInRange('0', '9') && int.Parse(text, CultureInfo.InvariantCulture) <= HighestPort;
}
