using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Redeems an authorization code (RFC 6749 4.1.3, RFC 7636 4.5). Once: what happens to a code on a second try is not ours to find out.</summary>
internal sealed class AuthorizationCodeRedeemer(TokenCall calls, ProviderMetadata metadata)
{
    /// <summary>What the code was good for.</summary>
    public async Task<Result<TokenResponse>> RedeemAsync(Provider provider, AuthorizationCode code, CancellationToken cancellationToken)
    {
        TokenRequestDefinition definition = provider.Definition.Token;
        Result<Uri> endpoint = await metadata.EndpointAsync(provider, ProviderEndpoint.Token, definition.Endpoint, cancellationToken);
        if (!endpoint.IsSuccess)
        {
            return endpoint.Error;
        }

        var parameters = new TokenParameters();
        parameters.Add("grant_type", "authorization_code");
        parameters.Add("code", code.Code);
        parameters.Add("redirect_uri", code.RedirectUri);
        parameters.Add("code_verifier", code.CodeVerifier);
        Result<ProviderAnswer> answer = await calls.SendAsync("token", definition, ScopeOf(provider, code), endpoint.Value, parameters, cancellationToken);
        return answer.IsSuccess
            ? calls.Read(answer.Value, definition, provider, mayBeIdToken: provider.Definition.IdToken is { Complete: true })
            : answer.Error;
    }

    private static AnswerScope ScopeOf(Provider provider, AuthorizationCode code)
    {
        var scope = new AnswerScope(provider);
        scope.Add("callback", CallbackParameters.Of(provider, code));
        return scope;
    }
}
