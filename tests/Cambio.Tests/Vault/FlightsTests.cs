using Cambio.Vault;

namespace Cambio.Tests.Vault;

public sealed class FlightsTests
{
    private readonly Flights<string, int> flights = new();

    [Fact]
    public async Task What_is_done_is_forgotten_whatever_came_of_it()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        Assert.Equal(7, await flights.JoinAsync("a", () => Task.FromResult(7), cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => flights.JoinAsync("a", () => throw new InvalidOperationException(), cancellation));
        Assert.Equal(8, await flights.JoinAsync("a", () => Task.FromResult(8), cancellation));

        Assert.Equal(0, flights.Count);
    }

    [Fact]
    public async Task Different_keys_do_not_wait_for_each_other()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var gate = new TaskCompletionSource<int>();
        Task<int> slow = flights.JoinAsync("slow", () => gate.Task, cancellation);

        Assert.Equal(7, await flights.JoinAsync("fast", () => Task.FromResult(7), cancellation));
        Assert.Equal(1, flights.Count);
        gate.SetResult(1);
        Assert.Equal(1, await slow);
    }
}
