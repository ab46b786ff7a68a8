using System.Text.Json.Serialization;

namespace Cambio.AspNetCore.Redirect;

/// <summary>What we remember of one redirect to a provider until its callback. Kept in the browser, sealed; never printed.</summary>
internal sealed record RedirectState
{
    /// <summary>How long a user may take at the provider.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>The <c>state</c> that the provider was sent.</summary>
    [JsonPropertyName("s")]
    public required string State { get; init; }

    /// <summary>The provider's id.</summary>
    [JsonPropertyName("p")]
    public required string Provider { get; init; }

    [JsonPropertyName("m")]
    public required RedirectMode Mode { get; init; }

    /// <summary>Our own address that the provider was sent.</summary>
    [JsonPropertyName("r")]
    public required string RedirectUri { get; init; }

    /// <summary>The nonce that the provider was sent, if it takes one.</summary>
    [JsonPropertyName("n")]
    public string? Nonce { get; init; }

    /// <summary>The verifier of the challenge that the provider was sent, if it takes one.</summary>
    [JsonPropertyName("v")]
    public string? CodeVerifier { get; init; }

    /// <summary>Where the front end wants the browser back; in popup mode the origin that it opened the popup from.</summary>
    [JsonPropertyName("u")]
    public required string ReturnUrl { get; init; }

    /// <summary>The front end's own <c>state</c>.</summary>
    [JsonPropertyName("f")]
    public string? FrontEndState { get; init; }

    /// <summary>The front end's own challenge; null in cookie mode.</summary>
    [JsonPropertyName("c")]
    public string? CodeChallenge { get; init; }

    /// <summary>The id of the user to link to; null for a sign-in.</summary>
    [JsonPropertyName("l")]
    public string? LinkUser { get; init; }

    /// <summary>When it is no longer good, UTC.</summary>
    [JsonPropertyName("e")]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The provider answers by a POST from its own site; the cookie's attributes follow from it.</summary>
    [JsonPropertyName("x")]
    public bool CrossSitePost { get; init; }

    public override string ToString() => "redirect state [redacted]";
}

/// <summary>How a redirect flow ends.</summary>
internal enum RedirectMode
{
    /// <summary>A one-time code on the return URL.</summary>
    Code,

    /// <summary>The same code, posted to the page that opened the popup.</summary>
    Popup,

    /// <summary>A session cookie of ours.</summary>
    Cookie,
}
