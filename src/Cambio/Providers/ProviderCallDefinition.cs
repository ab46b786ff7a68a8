using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>
/// One call to a provider's API. Its address and values may hold <c>{access_token}</c>, <c>{client_id}</c>, <c>{client_secret}</c>,
/// variables, and paths into what came before: <c>{token.x}</c>, <c>{callback.x}</c>, <c>{profile.x}</c>;
/// and <c>{code}</c>, the authorization code, where the profile call takes it beside the application's own token.
/// </summary>
public sealed record ProviderCallDefinition
{
    /// <summary>The address. Absent only where discovery names it.</summary>
    public string? Url { get; init; }

    /// <summary>GET unless told.</summary>
    public CallMethod Method { get; init; }

    /// <summary>What stands in the <c>Authorization</c> header.</summary>
    public CallAuthentication Auth { get; init; }

    /// <summary>Parameters in the address.</summary>
    public IReadOnlyDictionary<string, string> Query { get => field ?? Nothing<string>.Map; init; }

    /// <summary>Headers, also <c>authorization</c> where its scheme is an unusual one.</summary>
    public IReadOnlyDictionary<string, string> Headers { get => field ?? Nothing<string>.Map; init; }

    /// <summary>Parameters of a form body.</summary>
    public IReadOnlyDictionary<string, string>? Form { get; init; }

    /// <summary>A JSON body; templates in its strings are filled in.</summary>
    public JsonObject? Json { get; init; }

    /// <summary>A GraphQL query, sent as <c>{"query": "..."}</c>; holds no templates. <c>errors</c> in the answer are a refusal.</summary>
    public string? Graphql { get; init; }

    /// <summary>How the answer is written.</summary>
    public ResponseFormat Response { get; init; }

    /// <summary>The path of the object that is meant, when the answer wraps it.</summary>
    public string? Unwrap { get; init; }

    /// <summary>The call is made only if this holds of what is known before it.</summary>
    public ConditionDefinition? When { get; init; }

    /// <summary>True: a refusal (4xx, or by <see cref="Errors"/>) counts as no answer, and the sign-in goes on without it.</summary>
    public bool Optional { get; init; }

    /// <summary>Conditions, by name, of which any one makes a 200 a refusal. Absent: a present <c>error</c>.</summary>
    public IReadOnlyDictionary<string, ConditionDefinition>? Errors { get; init; }
}

/// <summary>What a call's <c>Authorization</c> header holds.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CallAuthentication>))]
public enum CallAuthentication
{
    /// <summary>The user's access token (RFC 6750 2.1).</summary>
    Bearer,

    /// <summary>Our client id and secret (RFC 7617).</summary>
    Basic,

    /// <summary>Nothing, or what <see cref="ProviderCallDefinition.Headers"/> says.</summary>
    None,
}
