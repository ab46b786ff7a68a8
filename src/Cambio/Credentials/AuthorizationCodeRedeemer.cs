using Cambio.Providers;
using Cambio.Quirks;

namespace Cambio.Credentials;

/// <summary>Redeems an authorization code (RFC 6749 4.1.3, RFC 7636 4.5). Once: what happens to a code on a second try is not ours to find out.</summary>
internal sealed class AuthorizationCodeRedeemer(
    ProviderHttp http, ProviderMetadata metadata, ClientAuthentication authentication, QuirkRegistry quirks, TimeProvider time)
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
        authentication.Apply(provider, definition.Auth, endpoint.Value, parameters);

        Result<ProviderRequest> request = TokenRequest.Build(definition, ScopeOf(provider, code), endpoint.Value, parameters);
        if (!request.IsSuccess)
        {
            return request.Error;
        }

        quirks.Find(provider.Definition.Quirk)?.SignTokenRequest(request.Value, provider, time.GetUtcNow());
        Result<ProviderAnswer> answer = await http.SendAsync(provider, request.Value, cancellationToken);
        return answer.IsSuccess ? Read(answer.Value, provider) : answer.Error;
    }

    private static AnswerScope ScopeOf(Provider provider, AuthorizationCode code)
    {
        var scope = new AnswerScope(provider);
        scope.Add("callback", CallbackParameters.Of(provider, code));
        return scope;
    }

    private Result<TokenResponse> Read(ProviderAnswer answer, Provider provider)
    {
        if (!answer.IsSuccess)
        {
            return TokenRefusal.Judge(answer.Status, answer.Body);
        }

        return CallAnswer.SaysError(answer.Body, provider.Definition.Token.Errors, provider)
            ? TokenRefusal.Judge(200, answer.Body)
            : TokenResponse.Parse(answer.Body, provider.Definition, time.GetUtcNow());
    }
}
