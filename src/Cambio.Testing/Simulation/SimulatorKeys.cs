using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Cambio.Testing.Simulation;

/// <summary>The keys of one simulated provider; the first is made when it is first needed.</summary>
internal sealed class SimulatorKeys(string provider, string algorithm)
{
    // Making an RSA key takes longer than a whole sign-in: the fakes of one process share them, each provider its own.
    private static readonly ConcurrentDictionary<(string Provider, string Algorithm, int Number), Lazy<SimulatorKey>> Made = new();

    private readonly Lock gate = new();
    private int made;
    private SimulatorKey[] published = [];

    /// <summary>The key that signs now.</summary>
    public SimulatorKey Current => Published()[0];

    /// <summary>The key document.</summary>
    public JsonObject Document() => Merge([this]);

    /// <summary>One document of several providers' keys.</summary>
    public static JsonObject Merge(IEnumerable<SimulatorKeys> all) =>
        new() { ["keys"] = new JsonArray([.. all.SelectMany(keys => keys.Published()).Select(key => key.PublicKey)]) };

    /// <summary>A new key signs from now on.</summary>
    /// <param name="keepOld">The old ones stay published.</param>
    public void Rotate(bool keepOld)
    {
        lock (gate)
        {
            SimulatorKey[] old = Published();
            published = [Next(), .. keepOld ? old : []];
        }
    }

    private SimulatorKey[] Published()
    {
        lock (gate)
        {
            return published.Length > 0 ? published : published = [Next()];
        }
    }

    private SimulatorKey Next() =>
        Made.GetOrAdd((provider, algorithm, made++), key => new Lazy<SimulatorKey>(() => SimulatorKey.Create(key.Algorithm))).Value;
}
