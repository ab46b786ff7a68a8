namespace Cambio.Credentials;

/// <summary>What one authorization request says beside what its provider's definition says. Never prints it.</summary>
internal sealed record AuthorizationParameters
{
    /// <summary>Where the provider sends the code.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>RFC 6749 10.12.</summary>
    public required string State { get; init; }

    /// <summary>OpenID Connect Core 3.1.2.1; null where the provider takes none.</summary>
    public string? Nonce { get; init; }

    /// <summary>The S256 challenge (RFC 7636 4.2); null where the provider takes none.</summary>
    public string? CodeChallenge { get; init; }

    /// <summary>OpenID Connect Core 3.1.2.1, as are the next two.</summary>
    public string? LoginHint { get; init; }

    public string? Prompt { get; init; }

    public string? UiLocales { get; init; }

    /// <summary>Scopes beside the provider's own.</summary>
    public IReadOnlyList<string> ExtraScope { get; init; } = [];

    public override string ToString() => "authorization parameters [redacted]";
}
