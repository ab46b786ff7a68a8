using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>What a provider takes: which kinds of credential, and how they may be written.</summary>
internal static class Acceptance
{
    /// <summary>Why the credential is not even looked at; null when it is.</summary>
    public static ExchangeError? Refusal(Provider provider, Credential credential)
    {
        if (credential is AccessToken && provider.Definition.AccessTokenProof is null)
        {
            return NotTaken(provider, "no_audience_proof");
        }

        if (!Takes(provider, credential.Kind))
        {
            return NotTaken(provider, "credential_kind_not_accepted");
        }

        return credential switch
        {
            AuthorizationCode code => Malformed("code", code.Code, CredentialLimits.Code)
                ?? Malformed("redirect_uri", code.RedirectUri, CredentialLimits.RedirectUri)
                ?? Malformed("code_verifier", code.CodeVerifier, CredentialLimits.CodeVerifier)
                ?? Malformed("nonce", code.Nonce, CredentialLimits.Nonce)
                ?? (code.CameToUs ? null : Unregistered(provider, code)),
            IdToken token => TooLong("id_token", token.Token, CredentialLimits.IdToken) ?? Malformed("nonce", token.Nonce, CredentialLimits.Nonce),
            AccessToken token => Malformed("access_token", token.Token, CredentialLimits.AccessToken),
            _ => null,
        };
    }

    /// <summary>403, with what the provider takes instead.</summary>
    public static ExchangeError NotTaken(Provider provider, string reason)
    {
        IEnumerable<string> taken = provider.Accepts.Where(kind => Takes(provider, kind));
        return ExchangeError.CredentialNotAccepted($"This provider takes: {string.Join(", ", taken)}.", reason);
    }

    /// <summary>Whether the provider takes this kind. Settings may say more than the definition can verify; what cannot be verified is not taken.</summary>
    public static bool Takes(Provider provider, string kind) => provider.Accepts.Contains(kind, StringComparer.Ordinal) && kind switch
    {
        "access_token" => provider.Definition.AccessTokenProof is not null,
        "id_token" => provider.Definition.IdToken is not null,
        _ => kind == "code",
    };

    // RFC 9700 2.1.1, 4.1: what the operator registered with the provider may be narrower than what the provider checks.
    private static ExchangeError? Unregistered(Provider provider, AuthorizationCode code) =>
        provider.RedirectUris.Count > 0 && !provider.RedirectUris.Contains(code.RedirectUri, StringComparer.Ordinal)
            ? ExchangeError.InvalidRequest("redirect_uri must be one that the operator listed for this provider (Cambio:Providers:{id}:RedirectUris), character for character.", "redirect_uri_not_listed")
        : provider.RequirePkce && code.CodeVerifier is null
            ? ExchangeError.InvalidRequest("code_verifier is missing: this provider's codes are taken with PKCE alone.", "code_verifier_missing")
        : null;

    private static ExchangeError? Malformed(string name, string? value, int longest) =>
        value is null ? null
        : TooLong(name, value, longest)
            ?? (CredentialText.IsVisible(value) ? null : ExchangeError.InvalidRequest($"{name} must be visible ASCII characters, at least one."));

    private static ExchangeError? TooLong(string name, string value, int longest) =>
        value.Length > longest ? ExchangeError.InvalidRequest($"{name} must have at most {longest} characters.") : null;
}
