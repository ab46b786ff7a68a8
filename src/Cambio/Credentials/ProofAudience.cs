using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Whether the application that a proof names is ours: whole texts, compared byte for byte.</summary>
internal static class ProofAudience
{
    // RFC 7662 2.2.
    private static readonly TextList IntrospectedClient = ["client_id"];

    /// <summary>The private reason why it is not; null when it is.</summary>
    public static string? Fault(AccessTokenProofDefinition proof, AnswerScope scope)
    {
        TextList paths = proof.Audience.Count == 0 && proof.Kind == AccessTokenProofKind.Introspection ? IntrospectedClient : proof.Audience;
        Func<string?, bool> isOurs = proof.AudienceVariable is { } variable
            ? value => value is { Length: > 0 } && value == scope.Provider.Variables.GetValueOrDefault(variable)
            : scope.Provider.IsOurs;

        bool ours = paths.Count > 0 && scope.Read(paths[0]) is not null
            && paths.Select(scope.Read).OfType<JsonElement>().All(named => IsOurs(named, isOurs));
        return ours ? null : "audience_mismatch";
    }

    // RFC 7519 4.1.3 lets an audience be a list; then we must be on it, and nothing but names may be.
    private static bool IsOurs(JsonElement named, Func<string?, bool> isOurs) => named.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Number => isOurs(JsonText.Of(named)),
        JsonValueKind.Array => named.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            && named.EnumerateArray().Any(item => isOurs(JsonText.Of(item))),
        _ => false,
    };
}
