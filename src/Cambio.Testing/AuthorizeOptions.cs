namespace Cambio.Testing;

/// <summary>Who allows an authorization request at a fake provider. All else is in the request.</summary>
public sealed record AuthorizeOptions
{
    /// <summary>A name, free text: the same name is the same person there, a new one is a new person. Absent: the user of the case.</summary>
    public string? User { get; init; }

    /// <summary>The person's e-mail address; absent: one that nobody else has. Counts only with <see cref="User"/>.</summary>
    public string? Email { get; init; }

    /// <summary>False: the provider does not say that the address was verified. True is what the case says. Counts only with <see cref="User"/>.</summary>
    public bool EmailVerified { get; init; } = true;

    /// <summary>The case that the answers are taken from: the file's name without <c>.case.json</c>.</summary>
    public string Case { get; init; } = "default";

    /// <summary>The provider's own session, which the ID token then names as its <c>sid</c>; absent: what the case says.</summary>
    public string? SessionId { get; init; }

    /// <summary>The case only; who it is stays out of logs.</summary>
    public override string ToString() => $"{Case} [redacted]";
}
