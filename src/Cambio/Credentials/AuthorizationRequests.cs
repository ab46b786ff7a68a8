using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Makes authorization requests in each provider's dialect (RFC 6749 4.1.1, OpenID Connect Core 3.1.2.1).</summary>
internal sealed class AuthorizationRequests(ProviderMetadata metadata)
{
    /// <summary>Whether the provider takes a nonce. Only then may one be remembered: an ID token must hold it.</summary>
    public static bool TakesNonce(Provider provider) => !provider.Definition.Authorization.Omit.Contains("nonce", StringComparer.Ordinal);

    /// <summary>Whether the provider takes a PKCE challenge.</summary>
    public static bool TakesPkce(Provider provider) => provider.Definition.Authorization.Pkce is not false;

    /// <summary>Why no browser can be sent there; null when one can.</summary>
    public static ExchangeError? Refusal(Provider provider) =>
        !Acceptance.Takes(provider, "code") ? Acceptance.NotTaken(provider, "credential_kind_not_accepted")
        : provider.Definition is { AuthorizationEndpoint: null, Issuer: null } ? ExchangeError.CredentialNotAccepted(
            "This provider has no page to send a browser to: hand over what its SDK gives to POST /auth/{provider}.", "no_authorization_endpoint")
        : null;

    /// <summary>The scopes of <paramref name="requested"/> that the provider's settings do not let a single sign-in add.</summary>
    public static IEnumerable<string> Unlisted(Provider provider, IEnumerable<string> requested) =>
        requested.Except(provider.ExtraScope, StringComparer.Ordinal);

    /// <summary>Where to send the browser, past the simulator where one plays the provider; a refusal when the provider's address is not known now.</summary>
    public async Task<Result<string>> BuildAsync(Provider provider, AuthorizationParameters parameters, CancellationToken cancellationToken)
    {
        Result<Uri> endpoint = await metadata.EndpointAsync(provider, ProviderEndpoint.Authorization, null, cancellationToken);
        if (!endpoint.IsSuccess)
        {
            return endpoint.Error;
        }

        return Named(provider, parameters) is { } named
            ? Write(ProviderUrl.Route(endpoint.Value, provider.Simulator), named, provider.Definition.Authorization.Suffix)
            : ExchangeError.ProviderError("authorization_request_incomplete");
    }

    private static List<KeyValuePair<string, string>>? Named(Provider provider, AuthorizationParameters parameters)
    {
        AuthorizationRequestDefinition definition = provider.Definition.Authorization;
        var named = new List<KeyValuePair<string, string>>();
        foreach ((string name, string? value) in Standard(provider, parameters))
        {
            if (value is not null && !definition.Omit.Contains(name, StringComparer.Ordinal))
            {
                named.Add(new(definition.Rename.GetValueOrDefault(name, name), value));
            }
        }

        var scope = new AnswerScope(provider);
        foreach ((string name, string template) in definition.Parameters)
        {
            if (ProviderTemplate.Fill(template, scope) is not { } value)
            {
                return null;
            }

            // RFC 6749 3.1: no parameter twice; the definition's own word goes.
            named.RemoveAll(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            named.Add(new(name, value));
        }

        return named;
    }

    // In this order, which some providers insist on up to the state.
    private static IEnumerable<(string Name, string? Value)> Standard(Provider provider, AuthorizationParameters parameters)
    {
        AuthorizationRequestDefinition definition = provider.Definition.Authorization;
        string[] scope = [.. provider.Scope.Union(parameters.ExtraScope, StringComparer.Ordinal)];
        string? challenge = TakesPkce(provider) ? parameters.CodeChallenge : null;
        return
        [
            ("client_id", provider.ClientId),
            ("redirect_uri", parameters.RedirectUri),
            ("response_type", "code"),
            ("scope", scope.Length == 0 ? null : string.Join(definition.ScopeSeparator, scope)),
            ("state", parameters.State),
            ("nonce", parameters.Nonce),
            ("code_challenge", challenge),
            ("code_challenge_method", challenge is null ? null : "S256"),
            ("response_mode", definition.ResponseMode),
            ("login_hint", parameters.LoginHint),
            ("prompt", parameters.Prompt),
            ("ui_locales", parameters.UiLocales),
        ];
    }

    private static string Write(Uri endpoint, List<KeyValuePair<string, string>> parameters, string? suffix)
    {
        // RFC 6749 3.1: a query that the address has already stays, save what it would say twice.
        IEnumerable<string> kept = AddressQuery.Pairs(endpoint.Query)
            .Where(pair => !parameters.Exists(p => p.Key.Equals(AddressQuery.NameOf(pair), StringComparison.OrdinalIgnoreCase)));
        IEnumerable<string> pairs = kept.Concat(parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        return $"{endpoint.GetLeftPart(UriPartial.Path)}?{string.Join('&', pairs)}{suffix}";
    }
}
