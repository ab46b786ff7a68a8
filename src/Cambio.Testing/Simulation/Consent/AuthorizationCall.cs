using Cambio.Providers;

namespace Cambio.Testing.Simulation.Consent;

/// <summary>The parameters of an authorization request by their standard names, whatever the definition calls them. Never prints them.</summary>
internal sealed class AuthorizationCall(AuthorizationRequestDefinition definition, SimulatedRequest request)
{
    public SimulatedRequest Request => request;

    /// <summary>The parameter; null where it is not there, or empty (RFC 6749 3.1).</summary>
    public string? this[string name] => request.Query.GetValueOrDefault(NameOf(name)) is { Length: > 0 } value ? value : null;

    /// <summary>Where the answer goes. Good for that only once the request was checked.</summary>
    public string RedirectUri => this["redirect_uri"] ?? "";

    /// <summary>What goes back with every answer, unless nobody can tell which of two it is.</summary>
    public string? State => IsDoubled("state") ? null : this["state"];

    public bool IsOmitted(string name) => definition.Omit.Contains(name, StringComparer.Ordinal);

    public bool IsDoubled(string name) => request.Doubled.Contains(NameOf(name));

    /// <summary>What the definition always sends under a standard name; else what the standard says.</summary>
    public string Constant(string name, string standard) => definition.Parameters.GetValueOrDefault(NameOf(name), standard);

    /// <summary>The name that the provider has for a standard parameter.</summary>
    public string NameOf(string name) => definition.Rename.GetValueOrDefault(name, name);

    public override string ToString() => "authorization request [redacted]";
}
