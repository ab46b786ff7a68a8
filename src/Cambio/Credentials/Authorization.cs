using System.Text.Json;

namespace Cambio.Credentials;

/// <summary>A credential that held: what the provider vouched for, not yet read as an identity.</summary>
public sealed class Authorization
{
    /// <summary>The credential's kind, as in <see cref="Credential.Kind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The provider's access token, when there is one to read the profile with.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The provider's refresh token, when the code brought one.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>When the access token expires, when the provider said so.</summary>
    public DateTimeOffset? AccessTokenExpiresAt { get; init; }

    /// <summary>The token endpoint's whole answer, read by paths that begin with <c>token.</c>.</summary>
    public JsonElement? TokenResponse { get; init; }

    /// <summary>The validated ID token's claims, read by paths that begin with <c>id_token.</c>.</summary>
    public JsonElement? IdTokenClaims { get; init; }

    /// <summary>The audience proof's answer, read by paths that begin with <c>proof.</c>.</summary>
    public JsonElement? Proof { get; init; }

    /// <summary>The subject that the audience proof named, when it names one; the profile's must equal it.</summary>
    public string? ProvenSubject { get; init; }

    /// <summary>The unsigned JSON posted beside the credential, read by paths that begin with <c>form.</c>; never for subject or e-mail.</summary>
    public JsonElement? Form { get; init; }

    /// <summary>The code itself, for calls that read the profile with it.</summary>
    public string? Code { get; init; }

    /// <summary>What stood beside the code on the provider's callback and the definition asks for, read as <c>callback.x</c>; never for subject or e-mail.</summary>
    public JsonElement? Callback { get; init; }

    /// <summary>The provider's own session (OpenID Connect Back-Channel Logout 2.1), when the ID token names one in the form of an id.</summary>
    internal string? SessionId => IdTokenClaims is { } claims ? SubjectText.Of(claims, "sid") : null;

    /// <summary>The one-time mark that this credential spends, when it can be replayed (ID tokens).</summary>
    public ReplayMark? Replay { get; init; }
}

/// <summary>What makes a credential single-use: a key that no second exchange may record until it expires.</summary>
/// <param name="Key">A hash that names the credential and tells nothing about it.</param>
/// <param name="ExpiresAt">From then on the credential is refused by its own expiry.</param>
public readonly record struct ReplayMark(string Key, DateTimeOffset ExpiresAt);
