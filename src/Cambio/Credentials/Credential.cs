using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>What a front end got from a provider and hands to us. Never prints its secrets.</summary>
public abstract record Credential
{
    private protected Credential()
    {
    }

    /// <summary>The name of the kind as settings and answers write it: <c>code</c>, <c>id_token</c>, <c>access_token</c>, <c>jwt</c>, <c>ticket</c> or <c>link_code</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The kind only; the values are secrets.</summary>
    public sealed override string ToString() => $"{Kind} [redacted]";
}

/// <summary>An authorization code (RFC 6749 4.1.3), redeemed by us at the provider's token endpoint.</summary>
/// <param name="Code">The code.</param>
/// <param name="RedirectUri">The redirect URI of the authorization request, when one was sent.</param>
/// <param name="CodeVerifier">The PKCE verifier (RFC 7636 4.5), when a challenge was sent.</param>
public sealed record AuthorizationCode(string Code, string? RedirectUri = null, string? CodeVerifier = null) : Credential
{
    /// <inheritdoc/>
    public override string Kind => "code";

    /// <summary>The nonce of the authorization request, raw, when one was sent.</summary>
    public string? Nonce { get; init; }

    /// <summary>The JSON that some providers post beside the first code (form field <c>user</c>). Used for display names only.</summary>
    public string? User { get; init; }

    /// <summary>The code came to our own callback in the redirect flow, whose redirect URI and verifier are ours.</summary>
    internal bool CameToUs { get; init; }

    /// <summary>What else stood on the provider's callback, by name; of it only what the definition's <c>authorization.callback</c> lists is used.</summary>
    public IReadOnlyDictionary<string, string> Callback { get; init; } = Nothing<string>.Map;
}

/// <summary>An ID token (OpenID Connect Core 2), validated here without a call to the provider.</summary>
/// <param name="Token">The compact JWS.</param>
/// <param name="Nonce">The nonce of the authentication request, raw, when one was sent.</param>
public sealed record IdToken(string Token, string? Nonce = null) : Credential
{
    /// <inheritdoc/>
    public override string Kind => "id_token";

    /// <summary>The JSON that some providers hand out beside the first token (form field <c>user</c>). Used for display names only.</summary>
    public string? User { get; init; }
}

/// <summary>A bare access token. Taken only where the provider can prove that it was issued to this application.</summary>
/// <param name="Token">The token.</param>
public sealed record AccessToken(string Token) : Credential
{
    /// <inheritdoc/>
    public override string Kind => "access_token";
}

/// <summary>The one-time code of ours that a link by redirect ended in, sent back by the front end that began it.</summary>
/// <param name="Code">The code.</param>
/// <param name="CodeVerifier">The PKCE verifier of the front end's own challenge.</param>
public sealed record LinkCode(string Code, string CodeVerifier) : Credential
{
    /// <inheritdoc/>
    public override string Kind => "link_code";
}

/// <summary>The ticket of an exchange that a step interrupted, sent back with what the step asked for.</summary>
/// <param name="Value">The protected ticket.</param>
public sealed record ExchangeTicket(string Value) : Credential
{
    /// <inheritdoc/>
    public override string Kind => "ticket";

    /// <summary>What the user supplied, by name.</summary>
    public IReadOnlyDictionary<string, string> Answers { get => field ?? EmptyAnswers; init; } = EmptyAnswers;

    private static readonly Dictionary<string, string> EmptyAnswers = [];
}
