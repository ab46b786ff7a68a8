using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>How a request to a provider's token endpoint, or one like it, and its answer depart from RFC 6749 4.1.3 and 5.1.</summary>
public sealed record TokenRequestDefinition
{
    internal static TokenRequestDefinition Standard { get; } = new();

    /// <summary>Where it goes, when not where <see cref="ProviderDefinition"/> says.</summary>
    public string? Endpoint { get; init; }

    /// <summary>How we show that we are the client. Absent: <c>client_secret_post</c>.</summary>
    public ClientAuthenticationMethod? Auth { get; init; }

    /// <summary>GET where the provider knows no POST; DELETE where it revokes that way.</summary>
    public CallMethod? Method { get; init; }

    /// <summary>How the parameters travel.</summary>
    public RequestBody? Body { get; init; }

    /// <summary>Headers that are always sent.</summary>
    public IReadOnlyDictionary<string, string> Headers { get => field ?? Nothing<string>.Map; init; }

    /// <summary>Parameters that are always sent.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get => field ?? Nothing<string>.Map; init; }

    /// <summary>Other names for standard parameters, by standard name.</summary>
    public IReadOnlyDictionary<string, string> Rename { get => field ?? Nothing<string>.Map; init; }

    /// <summary>Standard parameters that must not be sent.</summary>
    public TextList Omit { get => field ?? []; init; }

    /// <summary>How the answer is written. Absent: <c>json</c>.</summary>
    public ResponseFormat? Response { get; init; }

    /// <summary>The path of the object that holds the token answer, when it is wrapped.</summary>
    public string? Unwrap { get; init; }

    /// <summary>Where standard members of the answer stand, by standard name: paths, of which the first that is there counts.</summary>
    public IReadOnlyDictionary<string, TextList> Map { get => field ?? Nothing<TextList>.Map; init; }

    /// <summary>Conditions, by name, of which any one makes the answer a refusal. Absent: a present <c>error</c>.</summary>
    public IReadOnlyDictionary<string, ConditionDefinition>? Errors { get; init; }

    /// <summary>Whether the request shows the user's access token itself.</summary>
    internal bool ShowsToken => Parameters.Values.Concat(Headers.Values).Any(template => template.Contains("{access_token}", StringComparison.Ordinal));

    /// <summary>Whether it is the user's access token that authorizes the request, beside or instead of the client.</summary>
    internal bool IsAuthorizedByToken => Headers.Values.Any(template => template.Contains("{access_token}", StringComparison.Ordinal));

    /// <summary>This, and from another what is not set here. A map or list that is empty is not set.</summary>
    internal TokenRequestDefinition Over(TokenRequestDefinition other) => new()
    {
        Endpoint = Endpoint ?? other.Endpoint,
        Auth = Auth ?? other.Auth,
        Method = Method ?? other.Method,
        Body = Body ?? other.Body,
        Headers = Headers.Count > 0 ? Headers : other.Headers,
        Parameters = Parameters.Count > 0 ? Parameters : other.Parameters,
        Rename = Rename.Count > 0 ? Rename : other.Rename,
        Omit = Omit.Count > 0 ? Omit : other.Omit,
        Response = Response ?? other.Response,
        Unwrap = Unwrap ?? other.Unwrap,
        Map = Map.Count > 0 ? Map : other.Map,
        Errors = Errors ?? other.Errors,
    };
}

/// <summary>How a client authenticates at a token endpoint (RFC 6749 2.3.1, RFC 7523 2.2).</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ClientAuthenticationMethod>))]
public enum ClientAuthenticationMethod
{
    /// <summary>Client id and secret among the parameters.</summary>
    ClientSecretPost,

    /// <summary>Client id and secret in an HTTP Basic header, form-encoded as RFC 6749 2.3.1 says.</summary>
    ClientSecretBasic,

    /// <summary>Client id and secret in an HTTP Basic header as they are, where the provider does not decode them.</summary>
    ClientSecretBasicRaw,

    /// <summary>Client id and secret in the address.</summary>
    Query,

    /// <summary>The secret as a bearer token.</summary>
    BearerSecret,

    /// <summary>A JWT signed with the client's private key.</summary>
    PrivateKeyJwt,

    /// <summary>Client id only (public client).</summary>
    None,
}

/// <summary>The HTTP method of a call to a provider.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CallMethod>))]
public enum CallMethod
{
    /// <summary>HTTP GET.</summary>
    Get,

    /// <summary>HTTP POST.</summary>
    Post,

    /// <summary>HTTP DELETE.</summary>
    Delete,
}

/// <summary>How a request's parameters travel.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<RequestBody>))]
public enum RequestBody
{
    /// <summary><c>application/x-www-form-urlencoded</c>.</summary>
    Form,

    /// <summary><c>application/json</c>.</summary>
    Json,

    /// <summary>In the address.</summary>
    Query,
}

/// <summary>How an answer is written.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ResponseFormat>))]
public enum ResponseFormat
{
    /// <summary>JSON that says so in its content type.</summary>
    Json,

    /// <summary>JSON whatever its content type says.</summary>
    JsonAnyType,

    /// <summary>Form encoded, <c>a=1&amp;b=2</c>.</summary>
    Form,

    /// <summary>A JSON object with other text around it, such as <c>callback({...});</c>.</summary>
    JsonInText,

    /// <summary>
    /// A JWT that the provider signed for us, as it signs ID tokens (OpenID Connect Core 5.3.2); its claims are the answer. Of userinfo calls
    /// only, and never encrypted.
    /// </summary>
    Jwt,
}
