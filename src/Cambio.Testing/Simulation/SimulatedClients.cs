using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Cambio.Testing.Simulation;

/// <summary>The applications that are registered at a simulated provider.</summary>
internal sealed class SimulatedClients
{
    private readonly ConcurrentDictionary<string, string> secrets = new(StringComparer.Ordinal);

    public void Register(string id, string? secret) => secrets[id] = secret ?? "";

    public bool Knows(string? id) => id is not null && secrets.ContainsKey(id);

    /// <summary>The secret; empty for an application without one or one that is unknown.</summary>
    public string Secret(string id) => secrets.GetValueOrDefault(id, "");

    /// <summary>Whether the application shows its own secret.</summary>
    public bool Authenticates(string? id, string? secret) =>
        id is not null && secret is { Length: > 0 } && secrets.TryGetValue(id, out string? known)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(secret));
}
