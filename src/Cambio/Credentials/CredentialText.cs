namespace Cambio.Credentials;

/// <summary>What the text of a credential may be.</summary>
internal static class CredentialText
{
    /// <summary>Whether it is 1*VSCHAR (RFC 6749 A), so that it fits in a header, and no dot segment (RFC 3986 3.3), so that it fits in an address.</summary>
    public static bool IsVisible(string? text) =>
        text is { Length: > 0 } and not ("." or "..") && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
