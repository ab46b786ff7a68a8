using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Writes parameters the way that a provider's token endpoint, or one like it, reads them.</summary>
internal static class TokenRequest
{
    /// <summary>The request, or a refusal where the definition names what is not known.</summary>
    public static Result<ProviderRequest> Build(
        string purpose, TokenRequestDefinition definition, AnswerScope scope, Uri endpoint, TokenParameters parameters, bool statusIsAnswer)
    {
        var request = new ProviderRequest(purpose, Method(definition), endpoint)
        {
            Response = definition.Response ?? ResponseFormat.Json,
            StatusIsAnswer = statusIsAnswer,
        };
        if (Rename(definition, scope, parameters.Body) is not { } named || !CallRequest.AddHeaders(request, definition.Headers, scope))
        {
            return ExchangeError.ProviderError("provider_call_incomplete");
        }

        foreach ((string name, string value) in parameters.Query)
        {
            request.AddQuery(definition.Rename.GetValueOrDefault(name, name), value);
        }

        if (parameters.Authorization is { } authorization)
        {
            request.Headers.Add(new("Authorization", authorization));
        }

        if (named.Count > 0)
        {
            Place(request, named, definition.Body ?? (definition.Method == CallMethod.Get ? RequestBody.Query : RequestBody.Form));
        }

        return request;
    }

    private static HttpMethod Method(TokenRequestDefinition definition) => definition.Method switch
    {
        CallMethod.Get => HttpMethod.Get,
        CallMethod.Delete => HttpMethod.Delete,
        _ => HttpMethod.Post,
    };

    private static List<KeyValuePair<string, string>>? Rename(
        TokenRequestDefinition definition, AnswerScope scope, List<KeyValuePair<string, string>> standard)
    {
        var named = new List<KeyValuePair<string, string>>();
        foreach ((string name, string value) in standard)
        {
            if (!definition.Omit.Contains(name, StringComparer.Ordinal))
            {
                named.Add(new(definition.Rename.GetValueOrDefault(name, name), value));
            }
        }

        foreach ((string name, string template) in definition.Parameters)
        {
            if (ProviderTemplate.Fill(template, scope) is not { } value)
            {
                return null;
            }

            // RFC 6749 3.2: no parameter twice; the definition's own word goes.
            named.RemoveAll(p => p.Key == name);
            named.Add(new(name, value));
        }

        return named;
    }

    private static void Place(ProviderRequest request, List<KeyValuePair<string, string>> parameters, RequestBody body)
    {
        switch (body)
        {
            case RequestBody.Query:
                parameters.ForEach(p => request.AddQuery(p.Key, p.Value));
                break;
            case RequestBody.Json:
                request.Json = JsonSerializer.SerializeToUtf8Bytes(
                    parameters.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal), DefinitionJson.Default.DictionaryStringString);
                break;
            default:
                request.Form = parameters;
                break;
        }
    }
}
