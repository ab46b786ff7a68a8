using Cambio.Providers;

namespace Cambio.Testing.Simulation;

/// <summary>The parameters of a token request by their standard names, wherever the definition lets them stand and whatever it calls them.</summary>
internal sealed class TokenParameters(TokenRequestDefinition definition, SimulatedRequest request)
{
    private const string RedirectUri = "redirect_uri";

    private readonly IReadOnlyDictionary<string, string> values = Place(definition, request);

    /// <summary>The parameter, or null.</summary>
    public string? this[string name] => values.GetValueOrDefault(Rename(name));

    /// <summary>The parameter in the address, or null.</summary>
    public string? InAddress(string name) => request.Query.GetValueOrDefault(Rename(name));

    /// <summary>Whether everything that the definition always sends is there.</summary>
    public bool HasConstants(IReadOnlyDictionary<string, string> variables) => HasConstants(variables, new Captures());

    /// <summary>
    /// Whether everything that the definition always sends is there, save the redirect URI: that is whatever the code was sent to. What it
    /// shows is added to the captures.
    /// </summary>
    public bool HasConstants(IReadOnlyDictionary<string, string> variables, Captures captures) =>
        definition.Parameters.All(p => p.Key == RedirectUri || (values.TryGetValue(p.Key, out string? value) && TextPattern.Of(p.Value, variables).Fits(value, captures)))
        && definition.Headers.All(h => request.Headers.TryGetValue(h.Key, out string? value) && TextPattern.Of(h.Value, variables).Fits(value, captures));

    /// <summary>The first parameter that must not be sent and was; null for none.</summary>
    public string? Unwanted() => definition.Omit.FirstOrDefault(name => values.ContainsKey(name));

    /// <summary>What the definition always sends under a standard name; else what the standard says.</summary>
    public string Constant(string name, string standard) => definition.Parameters.GetValueOrDefault(Rename(name), standard);

    public bool IsOmitted(string name) => definition.Omit.Contains(name, StringComparer.Ordinal);

    public override string ToString() => "token parameters [redacted]";

    private string Rename(string name) => definition.Rename.GetValueOrDefault(name, name);

    private static IReadOnlyDictionary<string, string> Place(TokenRequestDefinition definition, SimulatedRequest request) =>
        (definition.Body ?? (definition.Method == CallMethod.Get ? RequestBody.Query : RequestBody.Form)) switch
        {
            RequestBody.Query => request.Query,
            RequestBody.Json => request.Json?.ToDictionary(member => member.Key, member => member.Value?.ToString() ?? "", StringComparer.Ordinal) ?? [],
            _ => request.Form,
        };
}
