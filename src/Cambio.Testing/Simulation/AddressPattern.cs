using Microsoft.AspNetCore.WebUtilities;

namespace Cambio.Testing.Simulation;

/// <summary>The address of an endpoint: a host that is known beforehand, a path and perhaps parameters that may hold templates.</summary>
internal sealed class AddressPattern
{
    private readonly TextPattern path;
    private readonly Dictionary<string, TextPattern> query;

    private AddressPattern(string host, TextPattern path, Dictionary<string, TextPattern> query)
    {
        Host = host;
        this.path = path;
        this.query = query;
    }

    /// <summary>The host in lower case, with its port where the address has one.</summary>
    public string Host { get; }

    /// <summary>The pattern of an address; null where there is none, or where its host is not known beforehand.</summary>
    public static AddressPattern? Of(string? template, IReadOnlyDictionary<string, string> variables)
    {
        if (template is null || FillVariables(template, variables).Split("://", 2) is not [_, var rest])
        {
            return null;
        }

        string[] parts = rest.Split('?', 2);
        int slash = parts[0].IndexOf('/');
        string host = slash < 0 ? parts[0] : parts[0][..slash];
        return host.Contains('{') ? null : new AddressPattern(
            host.ToLowerInvariant(),
            TextPattern.Of(slash < 0 ? "/" : parts[0][slash..], variables, "[^/]+"),
            parts.Length == 1 ? [] : QueryHelpers.ParseQuery(parts[1]).ToDictionary(p => p.Key, p => TextPattern.Of(p.Value.ToString(), variables)));
    }

    public bool IsAt(SimulatedRequest request) => request.Host == Host && path.Fits(request.Path, new Captures());

    /// <summary>Whether the address is this one, parameters and all.</summary>
    public bool Fits(SimulatedRequest request, Captures captures) =>
        request.Host == Host && path.Fits(request.Path, captures) && CallPattern.AllFit(query, request.Query, captures);

    private static string FillVariables(string template, IReadOnlyDictionary<string, string> variables) =>
        variables.Aggregate(template, static (text, variable) => text.Replace($"{{{variable.Key}}}", variable.Value, StringComparison.Ordinal));
}
