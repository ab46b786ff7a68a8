using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Cambio.AspNetCore.Redirect;
using Cambio.Providers;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.FrontEnd;

/// <summary>Refuses return addresses that are none, that anybody on the way could read, or that a browser would run.</summary>
internal sealed partial class ReturnUrlMistakes(IOptions<FrontEndOptions> frontEnd) : IStartCheck
{
    /// <summary>Schemes that a browser runs or reads from the user's own machine, and those that lead to no application.</summary>
    private static readonly FrozenSet<string> Dangerous = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "about", "blob", "chrome", "content", "data", "file", "filesystem", "ftp", "intent", "jar", "javascript", "jscript", "livescript", "mailto", "mhtml",
        "mocha", "resource", "sms", "tel", "urn", "vbscript", "view-source", "ws", "wss");

    public IEnumerable<string> Mistakes() =>
        from url in TextList.Split(frontEnd.Value.ReturnUrls)
        let mistake = Of(url)
        where mistake is not null
        select $"Cambio:FrontEnd:ReturnUrls holds \"{Shown(url)}\", {mistake}";

    private static string? Of(string url) =>
        url.Length > ReturnUrls.Longest ? $"which is longer than {ReturnUrls.Longest} characters: shorten it."
        : Foreign().IsMatch(url) ? "which holds characters that no address has (RFC 3986 2): percent-encode them, and write a host in its ASCII form (xn--)."
        : url.Contains('*', StringComparison.Ordinal) ? "which holds a wildcard: list each address in full."
        : url.Contains('#', StringComparison.Ordinal) ? "which holds a fragment: remove it."
        : OurNames().IsMatch(url) ? "whose query has a parameter that we add ourselves (code, state, error, error_description): call it something else."
        : OfParts(url, Parts().Match(url));

    private static string? OfParts(string url, Match parts)
    {
        string scheme = parts.Groups["scheme"].Value;
        string authority = parts.Groups["authority"].Value;
        return Dangerous.Contains(scheme) ? $"whose scheme \"{scheme}\" leads to no application: use https, or a scheme that your own application has registered."
            : !parts.Groups["root"].Success ? "which is not absolute: write it with its scheme, such as https://app.example.com/signed-in or com.example.app:/signed-in."
            : scheme.Any(char.IsAsciiLetterUpper) ? "whose scheme is in upper case: write it in lower case, as browsers do."
            : authority.Contains('@', StringComparison.Ordinal) ? "which holds a user name: remove it and the @."
            : scheme is not ("https" or "http") ? null
            : authority.Length == 0 || authority.Contains('%', StringComparison.Ordinal) || !Uri.TryCreate(url, UriKind.Absolute, out _)
                ? "which has no host that a browser would find: write one such as https://app.example.com/signed-in."
            : scheme == "http" && !LoopbackUrl.Is($"http://{authority}")
                ? "which is http, so that anybody on the way could read the code: use https. Only 127.0.0.1, [::1] and localhost may go without."
            : null;
    }

    // A user name may be a secret, and what cannot be seen cannot be mended.
    private static string Shown(string url) =>
        string.Concat(UserInfo().Replace(url, "//...@").Select(static c => c is >= '!' and <= '~' ? c : '?'));

    // The path begins with a slash (RFC 8252 7.1): a host and its port without a scheme look like a scheme and its path.
    [GeneratedRegex("^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?<root>/(/(?<authority>[^/?]*))?)?")]
    private static partial Regex Parts();

    [GeneratedRegex("[^A-Za-z0-9._~:/?#@!$&'()*+;=%\\[\\]-]|%(?![0-9A-Fa-f]{2})")]
    private static partial Regex Foreign();

    [GeneratedRegex("[?&](code|state|error|error_description)(=|&|$)", RegexOptions.IgnoreCase)]
    private static partial Regex OurNames();

    [GeneratedRegex("//[^/?#]*@")]
    private static partial Regex UserInfo();
}
