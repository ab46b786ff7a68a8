using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Cambio.Testing.Simulation;

/// <summary>A call as a provider receives it. Never prints what it carries.</summary>
internal sealed class SimulatedRequest
{
    private SimulatedRequest(string method, string host, string path)
    {
        Method = method;
        Host = host;
        Path = path;
    }

    public string Method { get; }

    /// <summary>The provider's own host, with its port where the address has one.</summary>
    public string Host { get; }

    /// <summary>The path, percent-decoded, with its first slash.</summary>
    public string Path { get; }

    public required IReadOnlyDictionary<string, string> Query { get; init; }

    /// <summary>The headers, their names in any case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The form body; empty where the body is none.</summary>
    public required IReadOnlyDictionary<string, string> Form { get; init; }

    /// <summary>The JSON body; null where the body is none.</summary>
    public JsonObject? Json { get; private init; }

    /// <summary>The parameters that stand there twice (RFC 6749 3.1, 3.2).</summary>
    public required IReadOnlySet<string> Doubled { get; init; }

    public static SimulatedRequest Create(
        string method, string host, string path, string query, IReadOnlyDictionary<string, string> headers, string body)
    {
        string type = headers.GetValueOrDefault("Content-Type", "");
        Dictionary<string, StringValues> parameters = QueryHelpers.ParseQuery(query);
        Dictionary<string, StringValues> form = type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            ? QueryHelpers.ParseQuery(body)
            : [];
        return new SimulatedRequest(method, host.ToLowerInvariant(), path)
        {
            Query = Flatten(parameters),
            Headers = headers,
            Form = Flatten(form),
            Json = type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) ? Parse(body) : null,
            Doubled = parameters.Concat(form).Where(p => p.Value.Count > 1).Select(p => p.Key).ToHashSet(StringComparer.Ordinal),
        };
    }

    public override string ToString() => $"{Method} {Host} [redacted]";

    private static Dictionary<string, string> Flatten(Dictionary<string, StringValues> parameters) =>
        parameters.ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
