using System.Collections.Concurrent;
using Cambio.Providers;
using Cambio.Testing.Simulation;

namespace Cambio.Testing;

/// <summary>Plays any number of providers: takes a call to a provider's own address and answers as that provider would.</summary>
public sealed class ProviderSimulator
{
    private readonly ConcurrentDictionary<string, FakeProvider> providers = new(StringComparer.Ordinal);
    private readonly CallJournal journal = new();
    private readonly TimeProvider time;

    /// <summary>A simulator that plays nobody yet.</summary>
    /// <param name="time">Its clock; the system's unless told.</param>
    public ProviderSimulator(TimeProvider? time = null) => this.time = time ?? TimeProvider.System;

    /// <summary>The ids of the providers that it plays, in order.</summary>
    public IReadOnlyCollection<string> Ids => [.. providers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The last 1,000 calls, oldest first.</summary>
    public IReadOnlyList<SimulatedCall> Calls => journal.All();

    /// <summary>The calls to addresses where nothing stands; a test's last line asserts that there are none.</summary>
    public IReadOnlyList<SimulatedCall> Unplanned => [.. Calls.Where(call => call.Endpoint is null)];

    /// <summary>The provider with this id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="KeyNotFoundException">It is not played.</exception>
    public FakeProvider this[string id] => Find(id) ?? throw new KeyNotFoundException($"The simulator does not play {id}; it plays {string.Join(", ", Ids)}.");

    /// <summary>The provider with this id, or null.</summary>
    /// <param name="id">The id.</param>
    public FakeProvider? Find(string id) => providers.GetValueOrDefault(id);

    /// <summary>Plays one more provider, or the same one anew.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="definition">How it speaks.</param>
    /// <param name="cases">What it answers, by name; <c>default</c> must be among them, and yield an identity.</param>
    /// <exception cref="ArgumentException">There is no such case.</exception>
    public FakeProvider Add(string id, ProviderDefinition definition, IReadOnlyDictionary<string, CatalogCase> cases)
    {
        if (cases.GetValueOrDefault("default") is not { Identity: not null })
        {
            throw new ArgumentException($"{id} has no default case with an identity; there is nobody to play.", nameof(cases));
        }

        return providers[id] = new FakeProvider(id, definition, cases, time);
    }

    internal async Task<SimulatedAnswer> AnswerAsync(SimulatedRequest request, CancellationToken cancellationToken)
    {
        (FakeProvider Provider, SimulatedEndpoint Endpoint)[] found = [.. FindAll(request)];
        if (found.Length == 0)
        {
            journal.Add(new SimulatedCall(null, null, request.Method, request.Host, request.Path, 404));
            return SimulatedAnswer.Refusal(404, "not_found", $"No provider that is played here has an endpoint for {request.Method} at this address.");
        }

        (FakeProvider provider, SimulatedEndpoint endpoint) = found.Length == 1
            ? found[0]
            : found.Where(f => f.Provider.Behaviour.Recognizes(f.Endpoint, request))
                .Concat(found.Where(f => f.Provider.Behaviour.KnowsClient(f.Endpoint, request)))
                .Append(found[0])
                .First();
        Fault? fault = provider.FaultOf(endpoint.Name);
        if (fault is { Delay: var delay } && delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, cancellationToken);
        }

        // Who shares an address for keys publishes all of them there, as one issuer with several entries does.
        SimulatedAnswer answer = endpoint.Kind == EndpointKind.Keys
            ? SimulatedAnswer.Json(200, SimulatorKeys.Merge(found.Select(f => f.Provider.Behaviour.Context.Keys)))
            : provider.Behaviour.Answer(endpoint, request);
        answer = fault?.Spoil(answer) ?? answer;
        journal.Add(new SimulatedCall(provider.Id, endpoint.Name, request.Method, request.Host, request.Path, answer.BreaksAt < 0 ? 0 : answer.Status));
        return answer;
    }

    private IEnumerable<(FakeProvider Provider, SimulatedEndpoint Endpoint)> FindAll(SimulatedRequest request) =>
        from provider in providers.Values
        from endpoint in provider.Behaviour.Endpoints
        where endpoint.IsAt(request)
        orderby provider.Id
        select (provider, endpoint);
}
