using Cambio.AspNetCore.FrontEnd;

namespace Cambio.AspNetCore.Redirect;

/// <summary>Says what the operator should look at when a callback brings no good state: the words alone decide on nothing.</summary>
internal static class StateDiagnosis
{
    public const string Missing = "state_missing";
    public const string Malformed = "state_malformed";
    public const string Mismatch = "state_mismatch";
    public const string CookieMissing = "state_cookie_missing";
    public const string CookieUnreadable = "state_cookie_unreadable";
    public const string OfAnotherProvider = "state_of_another_provider";
    public const string Expired = "state_expired";

    public static string Hint(string reason, CallbackEvidence evidence) => reason switch
    {
        Missing => "The callback has no state: it was opened by hand, or a sign-in that began at the provider's own site, which is not taken. Begin at /start.",
        Malformed => "The state is none of ours: another application's callback, or something on the way that changes addresses.",
        Mismatch => "The state begins like one of this browser's and goes on differently: it was cut, changed or made up on the way.",
        CookieUnreadable =>
            "The cookie was sealed with other keys. Let all instances share one Data Protection key ring under one application name; if there is one instance "
            + "alone, see that its key ring survives a restart and that no other application of this host uses the cookie's name.",
        OfAnotherProvider =>
            "The state belongs to a sign-in at another provider. See that each provider has its own callback address registered; else somebody mixes providers up (RFC 9700 4.4).",
        Expired => $"The user took longer than {RedirectState.Lifetime.TotalMinutes:0} minutes at the provider, or the clocks of instances differ.",
        _ => OfMissingCookie(evidence),
    };

    private static string OfMissingCookie(CallbackEvidence evidence) =>
        evidence.HasOtherStates
            ? "The browser keeps our cookies but has none for this state: it was used before (reload, back button) or is older than 10 minutes."
        : HostDiffers(evidence.CameTo, evidence.PublicAddress)
            ? $"The callback came to {evidence.CameTo ?? "an unreadable host"}, but the public address is {evidence.PublicAddress}, and a browser keeps the cookies of each "
                + "host apart. If browsers use the former, set Cambio:PublicUrl to it; if a proxy rewrites the Host header, let it "
                + "keep it (X-Forwarded-Host is never read), or take this as: the state was used before, is older than 10 minutes, or is of another browser."
        : HostDiffers(evidence.StartedAt, evidence.PublicAddress) && evidence.StartedAt is not null
            ? $"Some sign-in was begun at {evidence.StartedAt} within the last {RedirectState.Lifetime.TotalMinutes:0} minutes. If it was this one: callbacks come to the public address "
                + $"{evidence.PublicAddress}, and a browser keeps the cookies of each host apart, so open the site under that (Cambio:PublicUrl)."
        : !evidence.IsPlain && IsHttp(evidence.PublicAddress)
            ? $"The public address {evidence.PublicAddress} is http, from which browsers keep no Secure cookie. Set Cambio:PublicUrl to an https address; in the "
                + "Development environment http on loopback goes without Secure."
        : evidence.IsPost
            ? evidence.IsPlain
                ? "The provider answers by a POST from its own site, for which a browser sends SameSite=None cookies alone, and those need https. Set Cambio:PublicUrl to an https address."
                : "The callback is a POST from another site, and the browser sent no cookie with it: only providers whose definition says form_post get a SameSite=None "
                    + "cookie, and some browsers block even that one."
        : IsHttp(evidence.CameTo) && !IsHttp(evidence.PublicAddress)
            ? $"Calls arrive by http, though the public address is {evidence.PublicAddress}. If browsers begin there, they keep no Secure cookie: send them to https. If a proxy "
                + "in front ends TLS (Cambio:TrustedProxies), this is not the cause; then the state was used before, is older than 10 minutes, or is of another browser."
        : evidence.HasCookies
            ? "The browser sends cookies of this host but none for this state: it was used before (reload, back button), is older than 10 minutes, or was begun in another browser or profile."
            : "The browser sends no cookie at all: this callback was answered before (reload, back button), the sign-in was begun in another browser, profile or in-app browser, or cookies are blocked.";

    // Cookies do not tell ports apart (RFC 6265 8.5).
    public static bool HostDiffers(string? address, string publicAddress) => HostOf(address) != HostOf(WebOrigin.Of(publicAddress));

    private static bool IsHttp(string? address) => address?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true;

    private static string? HostOf(string? origin) => origin is null ? null : new Uri(origin).Host;
}

/// <summary>What can be seen of a callback whose state is not there.</summary>
internal sealed record CallbackEvidence
{
    /// <summary>As in <see cref="Cambio.Tokens.IPublicAddress"/>.</summary>
    public required string PublicAddress { get; init; }

    /// <summary>Cookies go without Secure, as in <see cref="PlainHttp"/>.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The origin that the callback came to; null when it is none.</summary>
    public string? CameTo { get; init; }

    /// <summary>The origin that a start came to that was not the public one; null when there was none.</summary>
    public string? StartedAt { get; init; }

    public bool IsPost { get; init; }

    /// <summary>There are cookies of other redirects.</summary>
    public bool HasOtherStates { get; init; }

    /// <summary>There are cookies at all.</summary>
    public bool HasCookies { get; init; }
}
