using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Redeems an authorization code (RFC 6749 4.1.3, RFC 7636 4.5). Once: what happens to a code on a second try is not ours to find out.</summary>
internal sealed class AuthorizationCodeRedeemer(TokenCall calls, ProviderMetadata metadata)
{
    private const string RedirectUri = "redirect_uri";

    /// <summary>What the code was good for.</summary>
    public async Task<Result<TokenResponse>> RedeemAsync(Provider provider, AuthorizationCode code, CancellationToken cancellationToken)
    {
        TokenRequestDefinition definition = RequestOf(provider, code);
        Result<Uri> endpoint = await metadata.EndpointAsync(provider, ProviderEndpoint.Token, definition.Endpoint, cancellationToken);
        if (!endpoint.IsSuccess)
        {
            return endpoint.Error;
        }

        var parameters = new TokenParameters();
        parameters.Add("grant_type", "authorization_code");
        parameters.Add("code", code.Code);
        parameters.Add(RedirectUri, code.RedirectUri);
        parameters.Add("code_verifier", code.CodeVerifier);
        Result<ProviderAnswer> answer = await calls.SendAsync("token", definition, ScopeOf(provider, code), endpoint.Value, parameters, cancellationToken);
        return answer.IsSuccess
            ? calls.Read(answer.Value, definition, provider, mayBeIdToken: provider.Definition.IdToken is { Complete: true })
            : answer.Error;
    }

    // A definition may tie codes to the redirect URI that settings name. One that came to our own callback was sent there, and says so itself.
    private static TokenRequestDefinition RequestOf(Provider provider, AuthorizationCode code)
    {
        TokenRequestDefinition definition = provider.Definition.Token;
        return code.CameToUs && definition.Parameters.ContainsKey(RedirectUri)
            ? definition with { Parameters = definition.Parameters.Where(p => p.Key != RedirectUri).ToDictionary(StringComparer.Ordinal) }
            : definition;
    }

    private static AnswerScope ScopeOf(Provider provider, AuthorizationCode code)
    {
        var scope = new AnswerScope(provider);
        scope.Add("callback", CallbackParameters.Of(provider, code));
        return scope;
    }
}
