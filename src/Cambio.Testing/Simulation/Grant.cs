namespace Cambio.Testing.Simulation;

/// <summary>What a simulated user granted to a client: the token or code, and what it will be answered with. Never prints it.</summary>
internal sealed record Grant
{
    /// <summary>The access token, the refresh token or the code.</summary>
    public required string Value { get; init; }

    public required string ClientId { get; init; }

    /// <summary>What all tokens of one sign-in have in common: revoking the refresh token ends them.</summary>
    public string Family { get; init; } = "";

    /// <summary>The case that answers are taken from.</summary>
    public required CatalogCase Case { get; init; }

    /// <summary>Whose values stand in the answers; null for the case's own.</summary>
    public Person? Person { get; init; }

    public string? Nonce { get; init; }

    /// <summary>The provider's own session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Of a code: the redirect URI that it was sent to.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>Of a code: the S256 challenge (RFC 7636 4.2).</summary>
    public string? Challenge { get; init; }

    /// <summary>Of a code: what stood beside it on the callback.</summary>
    public IReadOnlyDictionary<string, string> Callback { get; init; } = new Dictionary<string, string>();

    public required DateTimeOffset ExpiresAt { get; init; }

    public override string ToString() => "grant [redacted]";
}
