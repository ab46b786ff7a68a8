using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>OAuth 2.0 Token Introspection (RFC 7662), as the client that the token should have been issued to.</summary>
internal sealed class TokenIntrospection(ProviderHttp http, ProviderMetadata metadata, ClientAuthentication authentication)
{
    /// <summary>What the provider says of the scope's access token, if it is active.</summary>
    public async Task<Result<JsonElement>> AskAsync(AccessTokenProofDefinition proof, AnswerScope scope, CancellationToken cancellationToken)
    {
        Provider provider = scope.Provider;
        Result<Uri> endpoint = await metadata.EndpointAsync(provider, ProviderEndpoint.Introspection, proof.Request?.Url, cancellationToken);
        if (!endpoint.IsSuccess)
        {
            return endpoint.Error;
        }

        ProviderRequest request = Build(provider, endpoint.Value, scope.AccessToken);
        Result<ProviderAnswer> answer = await http.SendAsync(provider, request, cancellationToken);
        return answer.IsSuccess ? Read(answer.Value, proof, provider) : answer.Error;
    }

    private ProviderRequest Build(Provider provider, Uri endpoint, string? token)
    {
        var parameters = new TokenParameters();
        parameters.Add("token", token);
        parameters.Add("token_type_hint", "access_token");
        authentication.Apply(provider, provider.Definition.Token.Auth ?? default, endpoint, parameters);
        var request = new ProviderRequest("proof", HttpMethod.Post, endpoint) { Form = parameters.Body };
        parameters.Query.ForEach(parameter => request.AddQuery(parameter.Key, parameter.Value));
        if (parameters.Authorization is { } authorization)
        {
            request.Headers.Add(new("Authorization", authorization));
        }

        return request;
    }

    private static Result<JsonElement> Read(ProviderAnswer answer, AccessTokenProofDefinition proof, Provider provider)
    {
        // RFC 7662 2.3: a 401 is about our own credentials, wherever they stood.
        if (!answer.IsSuccess)
        {
            return CallAnswer.Judge(answer, ours: true, asks: true);
        }

        if (CallAnswer.SaysError(answer.Body, proof.Request?.Errors, provider))
        {
            return ExchangeError.InvalidGrant("provider_refused_200");
        }

        Result<JsonElement> meant = CallAnswer.Unwrap(answer.Body, proof.Request?.Unwrap, orArray: false);
        return meant.IsSuccess && !IsActive(meant.Value) ? ExchangeError.InvalidGrant("proof_inactive") : meant;
    }

    private static bool IsActive(JsonElement answer) => answer.TryGetProperty("active", out JsonElement active) && active.ValueKind == JsonValueKind.True;
}
