namespace Cambio.Testing.Simulation;

/// <summary>The grants that are good now, by token or code. Bounded: the oldest go first.</summary>
internal sealed class GrantLedger(TimeProvider time)
{
    public const int Capacity = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Grant> grants = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    public void Add(Grant grant)
    {
        lock (gate)
        {
            grants.Add(grant.Value, grant);
            order.Enqueue(grant.Value);
            while (order.Count > Capacity)
            {
                grants.Remove(order.Dequeue());
            }
        }
    }

    /// <summary>The grant; null when it is unknown or expired.</summary>
    public Grant? Find(string? value)
    {
        lock (gate)
        {
            return value is not null && grants.TryGetValue(value, out Grant? grant) && grant.ExpiresAt > time.GetUtcNow() ? grant : null;
        }
    }

    /// <summary>The grant in place of the one that has its value.</summary>
    public Grant Replace(Grant grant)
    {
        lock (gate)
        {
            return grants[grant.Value] = grant;
        }
    }

    /// <summary>Ends what was granted by one sign-in.</summary>
    public void RemoveFamily(string family)
    {
        lock (gate)
        {
            foreach (string value in grants.Values.Where(grant => grant.Family == family).Select(grant => grant.Value).ToArray())
            {
                grants.Remove(value);
            }
        }
    }

    /// <summary>The grant, which is spent by that.</summary>
    public Grant? Take(string? value)
    {
        lock (gate)
        {
            Grant? grant = Find(value);
            if (grant is not null)
            {
                grants.Remove(grant.Value);
            }

            return grant;
        }
    }
}
