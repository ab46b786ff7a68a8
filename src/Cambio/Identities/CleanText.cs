using System.Globalization;

namespace Cambio.Identities;

/// <summary>Makes what providers say of people safe to store and show: bounded, one line, no control or direction characters.</summary>
internal static class CleanText
{
    private const int MaxEmail = 254;
    private const int MaxAddress = 2000;

    /// <summary>One line of at most <paramref name="maxLength"/> UTF-16 units, or null when nothing is left.</summary>
    public static string? Line(string? text, int maxLength)
    {
        if (text is null)
        {
            return null;
        }

        string clean = (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text : string.Concat(text.Where(IsPrintable))).Trim();
        if (clean.Length > maxLength)
        {
            clean = clean[..(char.IsHighSurrogate(clean[maxLength - 1]) ? maxLength - 1 : maxLength)].TrimEnd();
        }

        return clean.Length == 0 ? null : clean;
    }

    /// <summary>A full name, or null.</summary>
    public static string? Name(string? text) => Line(text, 200);

    /// <summary>A given or family name, or a handle; or null.</summary>
    public static string? ShortName(string? text) => Line(text, 100);

    /// <summary>The address when it looks like one (RFC 5321 4.5.3.1 bounds, one @, nothing that is not printable), else null.</summary>
    public static string? Email(string? text)
    {
        if (text is null || text.Length > MaxEmail || !text.All(static c => IsPrintable(c) && !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format))
        {
            return null;
        }

        int at = text.IndexOf('@');
        return at is > 0 and <= 64 && at == text.LastIndexOf('@') && at < text.Length - 1 ? text : null;
    }

    /// <summary>An https address, or null. It is stored and shown, never fetched.</summary>
    public static string? WebAddress(string? text) =>
        text is { Length: <= MaxAddress } && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0 && text.All(IsPrintable) ? text : null;

    /// <summary>A BCP 47 tag by its letters, or null.</summary>
    public static string? LanguageTag(string? text) =>
        text is { Length: >= 2 and <= 35 } && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? text : null;

    // Joiners stay (Persian names and emoji need them); what turns the direction of text or ends a line does not.
    private static bool IsPrintable(char c) =>
        c is not ('\u200e' or '\u200f' or '\u00ad' or '\ufeff' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))
        && char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
