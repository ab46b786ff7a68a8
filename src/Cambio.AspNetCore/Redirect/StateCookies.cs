using System.Security.Cryptography;
using System.Text;
using Cambio.AspNetCore.FrontEnd;
using Cambio.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SameSiteMode = Microsoft.AspNetCore.Http.SameSiteMode;

namespace Cambio.AspNetCore.Redirect;

/// <summary>Keeps each redirect's state in a cookie of its own, sealed: no other browser has it, and several tabs do not disturb each other.</summary>
internal sealed class StateCookies(
    IDataProtectionProvider protection, PlainHttp plain, IPublicAddress address, TimeProvider time)
{
    /// <summary>How many others a browser may still have when it is given one.</summary>
    public const int MostKept = 8;

    /// <summary>How many characters they may have together with the new one: many proxies take no more than 8 KiB of cookies, the application's own among them.</summary>
    public const int MostKeptLength = 6 * 1024;

    private const string Prefix = "cambio-state-";
    private const int NameDigits = 12;
    private const int StateDigits = 64;

    // RFC 6265 6.1: a browser keeps 4096 bytes of a cookie, its name and attributes among them.
    private const int LongestValue = 3900;

    private readonly SealedText<RedirectState> seal = new(protection.CreateProtector("Cambio.RedirectState.v1"), RedirectJson.Compact.RedirectState);

    // Where the last start came to that came to another host than the public one. Anybody may write it, so that it is no more than a guess.
    private volatile Elsewhere? elsewhere;

    /// <summary>Gives the browser the state, and takes the oldest ones back when it has too many; <c>invalid_request</c> when no cookie could hold it.</summary>
    /// <param name="context">The start.</param>
    /// <param name="state">What to remember.</param>
    /// <param name="crossSitePost">The provider answers by a POST from its own site, which takes <c>SameSite=None</c>.</param>
    public ExchangeError? Keep(HttpContext context, RedirectState state, bool crossSitePost)
    {
        string value = seal.Seal(state with { CrossSitePost = crossSitePost });
        if (value.Length > LongestValue)
        {
            return ExchangeError.InvalidRequest("return_url and state are too long together for a cookie: shorten one of them.", "state_too_long");
        }

        if (AddressOf(context.Request) is { } came && StateDiagnosis.HostDiffers(came, address.Value))
        {
            elsewhere = new(came, time.GetUtcNow() + RedirectState.Lifetime);
        }

        string name = NameOf(state.State);
        ForgetOldest(context, name.Length + value.Length);
        context.Response.Cookies.Append(name, value, Attributes(crossSitePost, RedirectState.Lifetime));
        return null;
    }

    /// <summary>The state that this browser was given, if it is still good for this provider; else <c>invalid_state</c> with what the operator should look at.</summary>
    /// <param name="context">The callback.</param>
    /// <param name="provider">The provider's id, as the callback's address has it.</param>
    /// <param name="state">The <c>state</c> parameter; null when there is none.</param>
    public Result<RedirectState> Find(HttpContext context, string provider, string? state)
    {
        RedirectState? kept = null;
        string? reason = string.IsNullOrEmpty(state) ? StateDiagnosis.Missing
            : !HasForm(state) ? StateDiagnosis.Malformed
            : context.Request.Cookies[NameOf(state)] is not { } cookie ? StateDiagnosis.CookieMissing
            : (kept = seal.Open(cookie)) is null ? StateDiagnosis.CookieUnreadable
            : Judge(kept, provider, state);
        if (kept is not null && reason is null)
        {
            return kept;
        }

        string hint = StateDiagnosis.Hint(reason!, EvidenceOf(context.Request));
        return ExchangeError.InvalidState(reason!, hint);
    }

    /// <summary>Takes the cookie back.</summary>
    public void Forget(HttpContext context, RedirectState state) =>
        context.Response.Cookies.Delete(NameOf(state.State), Attributes(state.CrossSitePost, lifetime: null));

    private string? Judge(RedirectState kept, string provider, string state) =>
        !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(kept.State), Encoding.ASCII.GetBytes(state)) ? StateDiagnosis.Mismatch
        : kept.Provider != provider ? StateDiagnosis.OfAnotherProvider
        : kept.ExpiresAt <= time.GetUtcNow() ? StateDiagnosis.Expired
        : null;

    private void ForgetOldest(HttpContext context, int length)
    {
        int count = 0;

        // RFC 6265 5.4: a browser sends the oldest first.
        foreach (CookieHeaderValue cookie in Kept(context.Request).Reverse())
        {
            length += cookie.Name.Length + cookie.Value.Length;
            if (++count > MostKept || length > MostKeptLength)
            {
                context.Response.Cookies.Delete(cookie.Name.Value!, Attributes(crossSitePost: false, lifetime: null));
            }
        }
    }

    private CookieHeaderValue[] Kept(HttpRequest request)
    {
        string prefix = plain.NameOf(Prefix);
        return CookieHeaderValue.TryParseList([.. request.Headers.Cookie.OfType<string>()], out IList<CookieHeaderValue>? cookies)
            ? [.. cookies.Where(cookie => cookie.Name.Length == prefix.Length + NameDigits && cookie.Name.StartsWith(prefix, StringComparison.Ordinal))]
            : [];
    }

    private CallbackEvidence EvidenceOf(HttpRequest request) => new()
    {
        PublicAddress = address.Value,
        IsPlain = plain.IsUsed,
        CameTo = AddressOf(request),
        StartedAt = elsewhere is { } start && start.Until > time.GetUtcNow() ? start.Address : null,
        IsPost = HttpMethods.IsPost(request.Method),
        HasOtherStates = Kept(request).Length > 0,
        HasCookies = request.Cookies.Count > 0,
    };

    private CookieOptions Attributes(bool crossSitePost, TimeSpan? lifetime) =>
        plain.AttributesOf(crossSitePost && !plain.IsUsed ? SameSiteMode.None : SameSiteMode.Lax, lifetime);

    private string NameOf(string state) => plain.NameOf(Prefix + state[..NameDigits]);

    // The header, since HttpRequest.Host turns a host's ASCII form into another script.
    private static string? AddressOf(HttpRequest request) => WebOrigin.Of($"{request.Scheme}://{request.Headers.Host}");

    private static bool HasForm(string state) => state.Length == StateDigits && state.All(char.IsAsciiHexDigitLower);

    private sealed record Elsewhere(string Address, DateTimeOffset Until);
}
