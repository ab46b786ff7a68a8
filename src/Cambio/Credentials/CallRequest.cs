using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Turns a call's definition into a request, every template filled in.</summary>
internal static class CallRequest
{
    /// <summary>The request, or a refusal where the definition names what is not known.</summary>
    public static Result<ProviderRequest> Build(ProviderCallDefinition call, Uri address, AnswerScope scope, string purpose)
    {
        var request = new ProviderRequest(purpose, Method(call), address) { Response = call.Response };
        bool complete = Authenticate(request, call.Auth, scope)
            && AddHeaders(request, call.Headers, scope)
            && Fill(call.Query, scope, request.AddQuery)
            && (call.Form is null || Fill(call.Form, scope, (request.Form = []).AddPair))
            && (call.Json is null || (request.Json = Fill(call.Json, scope)) is not null);
        if (call.Graphql is { } query)
        {
            request.Json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["query"] = query }, DefinitionJson.Default.DictionaryStringString);
        }

        return complete ? request : ExchangeError.ProviderError("provider_call_incomplete");
    }

    /// <summary>Adds headers; false where one cannot be filled in or would not be one line of visible text (RFC 9110 5.5).</summary>
    public static bool AddHeaders(ProviderRequest request, IReadOnlyDictionary<string, string> headers, AnswerScope scope) =>
        Fill(headers, scope, (name, value) => request.Headers.Add(new(name, value)))
        && request.Headers.TrueForAll(header => !header.Value.AsSpan().ContainsAnyExceptInRange(' ', '~'));

    private static bool Authenticate(ProviderRequest request, CallAuthentication method, AnswerScope scope)
    {
        switch (method)
        {
            case CallAuthentication.Bearer when scope.AccessToken is null:
                return false;
            case CallAuthentication.Bearer:
                request.Headers.Add(new("Authorization", $"Bearer {scope.AccessToken}"));
                return true;
            case CallAuthentication.Basic:
                byte[] pair = Encoding.UTF8.GetBytes($"{scope.Provider.ClientId}:{scope.Provider.ClientSecret}");
                request.Headers.Add(new("Authorization", $"Basic {Convert.ToBase64String(pair)}"));
                return true;
            default:
                return true;
        }
    }

    private static bool Fill(IReadOnlyDictionary<string, string> templates, AnswerScope scope, Action<string, string> add)
    {
        foreach ((string name, string template) in templates)
        {
            if (ProviderTemplate.Fill(template, scope) is not { } value)
            {
                return false;
            }

            add(name, value);
        }

        return true;
    }

    private static byte[]? Fill(JsonObject template, AnswerScope scope)
    {
        JsonNode body = template.DeepClone();
        return JsonTemplate.TryFill(body, scope) ? Encoding.UTF8.GetBytes(body.ToJsonString()) : null;
    }

    private static void AddPair(this List<KeyValuePair<string, string>> form, string name, string value) => form.Add(new(name, value));

    private static HttpMethod Method(ProviderCallDefinition call) => call.Method switch
    {
        _ when call.Graphql is not null => HttpMethod.Post,
        CallMethod.Post => HttpMethod.Post,
        CallMethod.Delete => HttpMethod.Delete,
        _ => HttpMethod.Get,
    };
}
