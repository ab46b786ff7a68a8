using System.Text.Json;
using Cambio.Providers;
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
    /// <param name="template">The address.</param>
    /// <param name="variables">Values of the definition's variables.</param>
    /// <param name="recorded">The case whose answers name the host, where an answer does.</param>
    public static AddressPattern? Of(string? template, IReadOnlyDictionary<string, string> variables, CatalogCase recorded)
    {
        if (template is null || FillHost(FillVariables(template, variables), recorded).Split("://", 2) is not [_, var rest])
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

    private static string FillHost(string template, CatalogCase recorded)
    {
        foreach (string name in ProviderTemplate.Names(AddressHosts.HostOf(template)).ToArray())
        {
            string[] parts = name.Split('.', 2);
            if (parts.Length == 2 && recorded.Answers.TryGetValue(parts[0], out JsonElement answer)
                && ProviderPath.Parse(parts[1]).Read(answer) is { } value && JsonText.Of(value) is { } text)
            {
                template = template.Replace($"{{{name}}}", template.StartsWith('{') ? AnyPathLike(text) : text, StringComparison.Ordinal);
            }
        }

        return template;
    }

    // A whole address may hold the user's own id: any path of as many segments at its host is the same endpoint.
    private static string AnyPathLike(string address)
    {
        var whole = new Uri(address, UriKind.Absolute);
        return whole.GetLeftPart(UriPartial.Authority) + string.Concat(whole.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(_ => "/{any}"));
    }

    private static string FillVariables(string template, IReadOnlyDictionary<string, string> variables) =>
        variables.Aggregate(template, static (text, variable) => text.Replace($"{{{variable.Key}}}", variable.Value, StringComparison.Ordinal));
}
