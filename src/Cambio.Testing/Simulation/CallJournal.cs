namespace Cambio.Testing.Simulation;

/// <summary>The last calls, oldest first.</summary>
internal sealed class CallJournal
{
    private const int Capacity = 1000;

    private readonly Lock gate = new();
    private readonly Queue<SimulatedCall> calls = new();

    public void Add(SimulatedCall call)
    {
        lock (gate)
        {
            calls.Enqueue(call);
            while (calls.Count > Capacity)
            {
                calls.Dequeue();
            }
        }
    }

    public IReadOnlyList<SimulatedCall> All()
    {
        lock (gate)
        {
            return [.. calls];
        }
    }
}
