namespace Cambio.Providers;

/// <summary>The parameters that every authorization request may have (RFC 6749 4.1.1, RFC 7636 4.3, OpenID Connect Core 3.1.2.1).</summary>
internal static class AuthorizationNames
{
    /// <summary>Those that the flow and its safety hang on: no definition gives them a value of its own.</summary>
    public static readonly string[] Ours =
        ["client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge", "code_challenge_method", "response_mode"];

    /// <summary>All of them, with what a caller may wish for.</summary>
    public static readonly string[] All = [.. Ours, "login_hint", "prompt", "ui_locales"];

    /// <summary>Those that some provider calls otherwise. Another name for state would not come back, and one for the challenge would turn PKCE off.</summary>
    public static readonly string[] Renameable = [.. All.Except(["state", "code_challenge", "code_challenge_method"])];

    /// <summary>Those that a request can be without.</summary>
    public static readonly string[] Omittable = [.. Renameable.Except(["client_id", "redirect_uri"])];
}
