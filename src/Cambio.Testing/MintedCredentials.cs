namespace Cambio.Testing;

/// <summary>What a front end holds after a user signed in at a fake provider. Kinds that the provider does not have are null.</summary>
public sealed record MintedCredentials
{
    /// <summary>An access token, good for one hour.</summary>
    public string? AccessToken { get; init; }

    /// <summary>An ID token, good for one hour.</summary>
    public string? IdToken { get; init; }

    /// <summary>The raw nonce of ID token and code.</summary>
    public string? Nonce { get; init; }

    /// <summary>An authorization code, good for one try within one hour.</summary>
    public string? Code { get; init; }

    /// <summary>The redirect URI that belongs to the code.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>The PKCE verifier that belongs to the code.</summary>
    public string? CodeVerifier { get; init; }

    /// <summary>The JSON that the provider posts beside the code, where it does.</summary>
    public string? Form { get; init; }

    /// <summary>What the provider put beside the code on the callback and wants back, by name; empty for most.</summary>
    public IReadOnlyDictionary<string, string> Callback { get; init; } = new Dictionary<string, string>();

    /// <summary>Nothing of it: these are secrets.</summary>
    public override string ToString() => "credentials [redacted]";
}
