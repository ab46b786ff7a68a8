using System.Text.Json;
using System.Text.Json.Nodes;
using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>A call of a definition, read backwards: whether a request is that call, and what it shows.</summary>
internal sealed class CallPattern
{
    private readonly ProviderCallDefinition call;
    private readonly IReadOnlyDictionary<string, string> variables;
    private readonly Dictionary<string, TextPattern> query;
    private readonly Dictionary<string, TextPattern> headers;
    private readonly Dictionary<string, TextPattern> form;

    public CallPattern(ProviderCallDefinition call, IReadOnlyDictionary<string, string> variables)
    {
        this.call = call;
        this.variables = variables;
        query = Patterns(call.Query);
        headers = Patterns(call.Headers);
        form = Patterns(call.Form ?? new Dictionary<string, string>());
    }

    /// <summary>The HTTP method.</summary>
    public string Method => (call.Graphql is null ? call.Method : CallMethod.Post).ToString().ToUpperInvariant();

    /// <summary>How the answer is written.</summary>
    public ResponseFormat Response => call.Response;

    /// <summary>Whether the request shows what the call shows. Parameters beyond that are no fault.</summary>
    public bool Fits(SimulatedRequest request, Captures captures) =>
        ReadAuthorization(request, captures)
        && AllFit(query, request.Query, captures)
        && AllFit(headers, request.Headers, captures)
        && AllFit(form, request.Form, captures)
        && (call.Graphql is not { } graphql || request.Json?["query"]?.ToString() == graphql)
        && (call.Json is not { } json || (request.Json is { } body && Fits(json, body, captures)));

    public static bool AllFit(IReadOnlyDictionary<string, TextPattern> patterns, IReadOnlyDictionary<string, string> values, Captures captures) =>
        patterns.All(p => values.TryGetValue(p.Key, out string? value) && p.Value.Fits(value, captures));

    private bool ReadAuthorization(SimulatedRequest request, Captures captures) => call.Auth switch
    {
        CallAuthentication.Bearer => AuthorizationHeader.Bearer(request) is { } token && captures.Add("access_token", token),
        CallAuthentication.Basic => AuthorizationHeader.Basic(request) is var (id, secret)
            && captures.Add("client_id", id) && captures.Add("client_secret", secret),
        _ => true,
    };

    private bool Fits(JsonNode? expected, JsonNode? actual, Captures captures) => (expected, actual) switch
    {
        (JsonObject e, JsonObject a) => e.All(member => a.ContainsKey(member.Key) && Fits(member.Value, a[member.Key], captures)),
        (JsonArray e, JsonArray a) => e.Count == a.Count && e.Zip(a).All(pair => Fits(pair.First, pair.Second, captures)),
        (JsonValue e, JsonValue a) when e.GetValueKind() == JsonValueKind.String && a.GetValueKind() == JsonValueKind.String =>
            TextPattern.Of(e.GetValue<string>(), variables).Fits(a.GetValue<string>(), captures),
        _ => JsonNode.DeepEquals(expected, actual),
    };

    private Dictionary<string, TextPattern> Patterns(IReadOnlyDictionary<string, string> templates) =>
        templates.ToDictionary(t => t.Key, t => TextPattern.Of(t.Value, variables));
}
