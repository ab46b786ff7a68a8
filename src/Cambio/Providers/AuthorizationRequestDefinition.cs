namespace Cambio.Providers;

/// <summary>How a provider's authorization request departs from RFC 6749 4.1.1 with PKCE (RFC 7636).</summary>
public sealed record AuthorizationRequestDefinition
{
    internal static AuthorizationRequestDefinition Standard { get; } = new();

    /// <summary>The scopes asked for unless settings say otherwise.</summary>
    public TextList Scope { get => field ?? []; init; }

    /// <summary>What stands between two scopes.</summary>
    public string ScopeSeparator { get => field ?? " "; init; }

    /// <summary>False where the provider breaks on a <c>code_challenge</c>.</summary>
    public bool? Pkce { get; init; }

    /// <summary><c>form_post</c> where the provider demands it (OAuth 2.0 Form Post Response Mode).</summary>
    public string? ResponseMode { get; init; }

    /// <summary>Parameters that are always sent; none of those that the flow itself sets. One that a caller wishes for too is as it is here.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get => field ?? Nothing<string>.Map; init; }

    /// <summary>Other names for standard parameters, by standard name. <c>state</c> and the PKCE challenge keep theirs.</summary>
    public IReadOnlyDictionary<string, string> Rename { get => field ?? Nothing<string>.Map; init; }

    /// <summary>Standard parameters that must not be sent, such as <c>nonce</c> where no ID token repeats it. None that the flow cannot be without.</summary>
    public TextList Omit { get => field ?? []; init; }

    /// <summary>
    /// Parameters that the provider adds to its callback and wants back, beside <c>code</c>: calls read them as <c>{callback.x}</c>. The
    /// redirect flow finds them by itself; a front end that hands over a code sends them along. Nobody signed them.
    /// </summary>
    public TextList Callback { get => field ?? []; init; }

    /// <summary>The name that the provider's callback gives to the code. Absent: <c>code</c>, which is taken beside another name as well.</summary>
    public string? CodeParameter { get; init; }

    /// <summary>What the address must end in as it is written here: a fragment, or more parameters behind an <c>&amp;</c>.</summary>
    public string? Suffix { get; init; }
}
