using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Judges what a provider answered to a call about the user's token.</summary>
internal static class CallAnswer
{
    private static readonly Dictionary<string, ConditionDefinition> PresentError = new() { ["error"] = new() { Path = "error", Present = true } };

    // GraphQL specification 7.1: a request that failed has a non-empty list of this name.
    private static readonly Dictionary<string, ConditionDefinition> PresentErrors = new() { ["errors"] = new() { Path = "errors", Present = true } };

    /// <summary>Whose fault a 4xx is.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="ours">It is our own credentials that authorize the call: a 401 is about those.</param>
    /// <param name="asks">The call asks about the token rather than with it: a 404 is how some say that they do not know it.</param>
    public static ExchangeError Judge(ProviderAnswer answer, bool ours, bool asks) =>
        TokenRefusal.NamesClient(answer.Body) || (answer.Status == 401 && ours) ? TokenRefusal.ClientRejected
        : answer.Status is 400 or 401 or 403 or 422 || (answer.Status == 404 && asks) ? ExchangeError.InvalidGrant($"provider_refused_{answer.Status}")
        : ExchangeError.ProviderError($"provider_status_{answer.Status}");

    /// <summary>Whether a 2xx says inside that it is a refusal.</summary>
    public static bool SaysError(JsonElement body, IReadOnlyDictionary<string, ConditionDefinition>? errors, Provider provider, bool isGraphql = false)
    {
        AnswerScope scope = new AnswerScope(provider).WithRoot(body);
        return (errors ?? (isGraphql ? PresentErrors : PresentError)).Values.Any(condition => condition.Applies(provider) && condition.Holds(scope));
    }

    /// <summary>The object that is meant, or the array where one will do.</summary>
    public static Result<JsonElement> Unwrap(JsonElement body, string? path, bool orArray)
    {
        JsonElement? meant = path is null ? body : ProviderPath.Parse(path).Read(body);
        return meant is { } value && (value.ValueKind == JsonValueKind.Object || (orArray && value.ValueKind == JsonValueKind.Array))
            ? value
            : ExchangeError.ProviderError("provider_answer_unexpected");
    }
}
