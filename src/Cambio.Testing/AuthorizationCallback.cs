namespace Cambio.Testing;

/// <summary>What a browser carries back to the application from a fake provider's authorization endpoint.</summary>
public sealed record AuthorizationCallback
{
    /// <summary>The address that the browser calls next: the redirect URI, with the parameters unless they are posted.</summary>
    public required string Address { get; init; }

    /// <summary>The fields that the browser posts there, where the provider answers with a form; null for a plain redirect, which is a GET.</summary>
    public IReadOnlyDictionary<string, string>? Form { get; init; }

    /// <summary>What the provider says, either way: <c>code</c> (or what the provider calls it) or <c>error</c>, <c>state</c>, <c>iss</c>, and parameters of its own.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Nothing of it: the code is a secret.</summary>
    public override string ToString() => "callback [redacted]";
}
