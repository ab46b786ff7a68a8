using Cambio.Providers;
using Cambio.Quirks;

namespace Cambio.Credentials;

/// <summary>One request to a token endpoint, or one that is made like it: as the client that we are, in the provider's own words.</summary>
internal sealed class TokenCall(ProviderHttp http, ClientAuthentication authentication, QuirkRegistry quirks, TimeProvider time)
{
    /// <summary>Sends it.</summary>
    /// <param name="purpose">As in <see cref="ProviderRequest.Purpose"/>.</param>
    /// <param name="definition">The words.</param>
    /// <param name="scope">What they can name.</param>
    /// <param name="endpoint">Where it goes.</param>
    /// <param name="parameters">The standard's parameters, without the client's own.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="statusIsAnswer">As in <see cref="ProviderRequest.StatusIsAnswer"/>.</param>
    public async Task<Result<ProviderAnswer>> SendAsync(
        string purpose,
        TokenRequestDefinition definition,
        AnswerScope scope,
        Uri endpoint,
        TokenParameters parameters,
        CancellationToken cancellationToken,
        bool statusIsAnswer = false)
    {
        Provider provider = scope.Provider;
        authentication.Apply(provider, definition.Auth ?? default, endpoint, parameters);
        Result<ProviderRequest> request = TokenRequest.Build(purpose, definition, scope, endpoint, parameters, statusIsAnswer);
        if (!request.IsSuccess)
        {
            return request.Error;
        }

        IQuirk? quirk = quirks.Find(provider.Definition.Quirk);
        quirk?.SignTokenRequest(request.Value, provider, time.GetUtcNow());
        if (scope.AccessToken is { } token && definition.IsAuthorizedByToken)
        {
            quirk?.Sign(request.Value, provider, token, time.GetUtcNow());
        }

        return await http.SendAsync(provider, request.Value, cancellationToken);
    }

    /// <summary>What an answer grants.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="definition">How it is written.</param>
    /// <param name="provider">Who answered.</param>
    /// <param name="mayBeIdToken">An ID token will do where an access token is missing.</param>
    public Result<TokenResponse> Read(ProviderAnswer answer, TokenRequestDefinition definition, Provider provider, bool mayBeIdToken = false)
    {
        if (!answer.IsSuccess)
        {
            return TokenRefusal.Judge(answer.Status, answer.Body);
        }

        return CallAnswer.SaysError(answer.Body, definition.Errors, provider)
            ? TokenRefusal.Judge(200, answer.Body)
            : TokenResponse.Parse(answer.Body, definition, mayBeIdToken, time.GetUtcNow());
    }
}
