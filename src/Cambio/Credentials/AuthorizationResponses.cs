using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Cambio.Providers;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;

namespace Cambio.Credentials;

/// <summary>Judges what a provider sent to the redirect URI (RFC 6749 4.1.2, RFC 9207), once its state is known to be ours.</summary>
internal sealed partial class AuthorizationResponses(ResponseIssuer issuers, ILogger<AuthorizationResponses> logger)
{
    private static readonly string[] Tokens = ["access_token", "id_token", "refresh_token"];

    // RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6, and what providers write in place of access_denied: the user would not, or was not asked.
    private static readonly FrozenSet<string> Denials = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "access_denied", "user_denied", "user_cancelled", "user_canceled", "user_cancelled_login", "user_cancelled_authorize", "authorization_declined",
        "consent_declined", "consent_required", "login_required", "interaction_required", "account_selection_required");

    /// <summary>
    /// The code, or the refusal in our own words: <c>invalid_state</c> for a foreign <c>iss</c>, <c>invalid_request</c> for a token in place
    /// of a code, <c>access_denied</c>, <c>temporarily_unavailable</c> or <c>provider_error</c> for an error of the provider's.
    /// </summary>
    /// <param name="provider">Whose callback it is.</param>
    /// <param name="parameters">What stood on it, each name once; an empty value is none.</param>
    /// <param name="sent">What the request said; its redirect URI and nonce go into the credential.</param>
    /// <param name="cancellationToken">Ends the wait for a discovery document.</param>
    public async Task<Result<AuthorizationCode>> ReadAsync(
        Provider provider, IReadOnlyDictionary<string, string> parameters, SentRequest sent, CancellationToken cancellationToken)
    {
        // RFC 9207 2.4: before anything else that stands there is believed, an error included.
        if (await issuers.FaultAsync(provider, Value(parameters, "iss"), cancellationToken) is { } foreign)
        {
            return ExchangeError.InvalidState(foreign, ResponseIssuer.Hint(provider, foreign));
        }

        if (Value(parameters, "error") is { } error)
        {
            return Refusal(provider, error);
        }

        string name = CodeName(provider, parameters);
        if (Value(parameters, name) is not { } code)
        {
            return WithoutCode(parameters);
        }

        return new AuthorizationCode(code, sent.RedirectUri, sent.CodeVerifier)
        {
            Nonce = sent.Nonce,
            User = Value(parameters, "user"),
            CameToUs = true,
            Callback = parameters.Where(p => p.Key != name && p.Value.Length > 0 && !DefinitionValidator.OwnParameters.Contains(p.Key))
                .ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal),
        };
    }

    private ExchangeError Refusal(Provider provider, string error)
    {
        if (Word().IsMatch(error))
        {
            Log.ProviderSaidError(logger, provider.Id, error);
        }

        return Denials.Contains(error) ? ExchangeError.DeniedAtProvider()
            : error.Equals("temporarily_unavailable", StringComparison.OrdinalIgnoreCase) ? ExchangeError.TemporarilyUnavailable("provider_says_unavailable")
            : ExchangeError.ProviderError("error_at_provider");
    }

    // A token that came by the browser was issued to anybody (RFC 9700 2.1.2). Nothing at all is how some providers cancel.
    private static ExchangeError WithoutCode(IReadOnlyDictionary<string, string> parameters) =>
        Array.Exists(Tokens, name => Value(parameters, name) is not null)
            ? ExchangeError.InvalidRequest("A token stands where the provider's code should be; only the code flow is taken.", "token_in_place_of_code")
            : ExchangeError.DeniedAtProvider("no_code");

    private static string CodeName(Provider provider, IReadOnlyDictionary<string, string> parameters) =>
        provider.Definition.Authorization.CodeParameter is { } other && Value(parameters, other) is not null ? other : "code";

    private static string? Value(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    // Whatever else stands there may be anybody's text.
    [GeneratedRegex(@"\A[a-z_]{1,40}\z")]
    private static partial Regex Word();
}

/// <summary>What we remember of the authorization request that a callback answers.</summary>
/// <param name="RedirectUri">As it was sent.</param>
/// <param name="Nonce">Null where none was sent.</param>
/// <param name="CodeVerifier">The PKCE verifier; null where no challenge was sent.</param>
internal sealed record SentRequest(string RedirectUri, string? Nonce, string? CodeVerifier)
{
    public override string ToString() => "sent request [redacted]";
}
