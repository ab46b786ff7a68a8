namespace Cambio.Tokens;

/// <summary>Whether the first use of a code may have what it stands for (RFC 6749 4.1.3, RFC 7636 4.6). Pure: facts in, decision out.</summary>
internal static class CodeRule
{
    /// <summary>The private reason why it may not; null when it may.</summary>
    public static string? Refusal(CodeContent content, DateTimeOffset expiresAt, CodeUse use, DateTimeOffset now) =>
        expiresAt <= now ? "code_expired"
        : content.Login?.ClientId is { } client && use.ClientId != client ? "code_of_another_client"
        : content.Provider is { } provider && use.MayUse?.Invoke(provider) == false ? "provider_not_allowed_for_client"
        : use.RedirectUri is { } uri && uri != content.RedirectUri ? "redirect_uri_mismatch"
        : !Pkce.Matches(use.Verifier, content.CodeChallenge) ? "code_verifier_mismatch"
        : null;
}

/// <summary>What came with a code.</summary>
/// <param name="Verifier">The PKCE verifier (RFC 7636 4.5).</param>
/// <param name="RedirectUri">Where the caller says that the code was sent; null when it does not say.</param>
/// <param name="ClientId">The confidential client that asks; null for a public one. A code made for one is redeemed by no other.</param>
/// <param name="MayUse">Whether that client may exchange a provider's credentials; null for one that may all.</param>
internal sealed record CodeUse(string Verifier, string? RedirectUri = null, string? ClientId = null, Func<string, bool>? MayUse = null)
{
    public override string ToString() => "use of a code [redacted]";
}
