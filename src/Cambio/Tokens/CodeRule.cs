namespace Cambio.Tokens;

/// <summary>Whether the first use of a code may open a session (RFC 6749 4.1.3, RFC 7636 4.6). Pure: facts in, decision out.</summary>
internal static class CodeRule
{
    /// <summary>The private reason why it may not; null when it may.</summary>
    public static string? Refusal(CodeContent content, DateTimeOffset expiresAt, CodeUse use, DateTimeOffset now) =>
        expiresAt <= now ? "code_expired"
        : content.ClientId is { } client && use.ClientId != client ? "code_of_another_client"
        : use.RedirectUri is { } uri && uri != content.RedirectUri ? "redirect_uri_mismatch"
        : !Pkce.Matches(use.Verifier, content.CodeChallenge) ? "code_verifier_mismatch"
        : null;
}

/// <summary>What came with a code.</summary>
/// <param name="Verifier">The PKCE verifier.</param>
/// <param name="RedirectUri">Where the caller says that the code was sent; null when it does not say.</param>
/// <param name="ClientId">The confidential client that asks; null for a public one.</param>
internal sealed record CodeUse(string Verifier, string? RedirectUri, string? ClientId)
{
    public override string ToString() => "use of a code [redacted]";
}
