using System.Text.RegularExpressions;

namespace Cambio.Pipeline;

/// <summary>An address as a user typed it: of the plain form that every mail server takes (RFC 5321 4.1.2, a dot-string at a domain name).</summary>
internal static partial class TypedEmail
{
    private const int Longest = 254;
    private const int LongestLocalPart = 64;

    /// <summary>The address without the spaces around it, or null when it is none.</summary>
    public static string? Parse(string text)
    {
        string email = text.Trim();
        return email.Length <= Longest && Form().IsMatch(email) && email.IndexOf('@') <= LongestLocalPart ? email : null;
    }

    [GeneratedRegex(@"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
