namespace Cambio.Testing;

/// <summary>Who signs in at a fake provider, and how.</summary>
public sealed record MintOptions
{
    /// <summary>A name, free text: the same name is the same person there, a new one is a new person. Absent: the user of the case.</summary>
    public string? User { get; init; }

    /// <summary>The person's e-mail address; absent: one that nobody else has. Counts only with <see cref="User"/>.</summary>
    public string? Email { get; init; }

    /// <summary>False: the provider does not say that the address was verified. True is what the case says. Counts only with <see cref="User"/>.</summary>
    public bool EmailVerified { get; init; } = true;

    /// <summary>The case that the answers are taken from: the file's name without <c>.case.json</c>.</summary>
    public string Case { get; init; } = "default";

    /// <summary>The application that the user signs in to; absent: the one that the fake registered.</summary>
    public string? ClientId { get; init; }

    /// <summary>Where the code was sent.</summary>
    public string RedirectUri { get; init; } = "https://app.example.com/callback";

    /// <summary>The nonce of the request; absent: a new one.</summary>
    public string? Nonce { get; init; }

    /// <summary>The provider's own session, which the ID token then names as its <c>sid</c>; absent: what the case says.</summary>
    public string? SessionId { get; init; }

    /// <summary>False: the request had no PKCE challenge.</summary>
    public bool Pkce { get; init; } = true;

    /// <summary>The case only; who it is stays out of logs.</summary>
    public override string ToString() => $"{Case} [redacted]";
}
