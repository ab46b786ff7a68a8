using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Cambio.Testing.Simulation;

/// <summary>The applications that are registered at a simulated provider.</summary>
internal sealed class SimulatedClients
{
    private readonly ConcurrentDictionary<string, string> secrets = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, bool> others = new(StringComparer.Ordinal);

    public void Register(string id, string? secret) => secrets[id] = secret ?? "";

    /// <summary>Registers an application that is none of the operator's.</summary>
    public void RegisterAnother(string id, string secret)
    {
        others[id] = true;
        Register(id, secret);
    }

    /// <summary>Values of the variables as the application has them: what an operator copies out of the provider's console is each one's own.</summary>
    public IReadOnlyDictionary<string, string> VariablesOf(string id, IReadOnlyDictionary<string, string> variables) => IsAnother(id)
        ? variables.ToDictionary(v => v.Key, v => SubjectShape.Make(v.Value, id, "another application"))
        : variables;

    public bool IsAnother(string id) => others.ContainsKey(id);

    public bool Knows(string? id) => id is not null && secrets.ContainsKey(id);

    /// <summary>The secret; empty for an application without one or one that is unknown.</summary>
    public string Secret(string id) => secrets.GetValueOrDefault(id, "");

    /// <summary>Whether the application shows its own secret.</summary>
    public bool Authenticates(string? id, string? secret) =>
        id is not null && secret is { Length: > 0 } && secrets.TryGetValue(id, out string? known)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(secret));
}
