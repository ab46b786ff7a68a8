using Cambio.Providers;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.Providers;

/// <summary>What a provider publishes is fetched once for all who wait, and outlives an outage for a while.</summary>
public sealed class CachedValues
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly FakeTimeProvider time = new();
    private Func<CancellationToken, Task<Result<string>>> answer;
    private int fetches;

    public CachedValues() => answer = _ => Task.FromResult<Result<string>>($"v{fetches}");

    [Fact]
    public async Task A_fresh_value_is_not_fetched_again()
    {
        Cached<string> cached = Create();
        Assert.Equal("v1", (await cached.GetAsync(None)).Value);
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("v1", (await cached.GetAsync(None)).Value);
        Assert.Equal(1, fetches);
    }

    [Fact]
    public async Task A_value_that_is_not_fresh_is_fetched_again()
    {
        Cached<string> cached = Create();
        await cached.GetAsync(None);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("v2", (await cached.GetAsync(None)).Value);
    }

    [Theory]
    [InlineData(61, true)]
    [InlineData(119, true)]
    [InlineData(120, false)]
    [InlineData(600, false)]
    public async Task The_last_good_value_serves_one_hour_past_its_freshness(int minutes, bool served)
    {
        Cached<string> cached = Create();
        await cached.GetAsync(None);
        answer = Refuse("provider_unreachable");
        time.Advance(TimeSpan.FromMinutes(minutes));

        Result<string> result = await cached.GetAsync(None);
        Assert.Equal(2, fetches);
        Assert.Equal(served ? "v1" : null, result.Value);
        Assert.Equal(served ? null : ErrorCodes.TemporarilyUnavailable, result.Error?.Code);
    }

    [Fact]
    public async Task A_failure_is_remembered_for_five_seconds()
    {
        answer = Refuse("provider_unreachable");
        Cached<string> cached = Create();
        Assert.Equal("provider_unreachable", (await cached.GetAsync(None)).Error!.Reason);
        answer = _ => Task.FromResult<Result<string>>("back");

        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False((await cached.GetAsync(None)).IsSuccess);
        Assert.Equal(1, fetches);

        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("back", (await cached.GetAsync(None)).Value);
    }

    [Fact]
    public async Task After_an_outage_the_last_good_value_is_replaced()
    {
        Cached<string> cached = Create();
        await cached.GetAsync(None);
        answer = Refuse("provider_unreachable");
        time.Advance(TimeSpan.FromMinutes(61));
        await cached.GetAsync(None);
        await cached.GetAsync(None);
        Assert.Equal(2, fetches);

        answer = _ => Task.FromResult<Result<string>>("back");
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("back", (await cached.GetAsync(None)).Value);
    }

    [Fact]
    public async Task All_who_wait_share_one_fetch()
    {
        var gate = new TaskCompletionSource<Result<string>>();
        answer = _ => gate.Task;
        Cached<string> cached = Create();
        Task<Result<string>>[] waiting = [.. Enumerable.Range(0, 20).Select(_ => cached.GetAsync(None))];
        gate.SetResult("one");
        Assert.All(await Task.WhenAll(waiting), result => Assert.Equal("one", result.Value));
        Assert.Equal(1, fetches);
    }

    [Fact]
    public async Task Who_leaves_does_not_end_the_fetch_of_the_others()
    {
        var gate = new TaskCompletionSource<Result<string>>();
        CancellationToken seen = default;
        answer = token =>
        {
            seen = token;
            return gate.Task;
        };
        Cached<string> cached = Create();
        using var impatient = new CancellationTokenSource();
        Task<Result<string>> leaving = cached.GetAsync(impatient.Token);
        Task<Result<string>> staying = cached.GetAsync(None);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Assert.False(seen.IsCancellationRequested);
        gate.SetResult("one");
        Assert.Equal("one", (await staying).Value);
    }

    [Fact]
    public async Task A_fetch_ends_by_its_own_time()
    {
        var started = new TaskCompletionSource();
        answer = async token =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return "never";
        };
        Cached<string> cached = Create();
        Task<Result<string>> waiting = cached.GetAsync(None);
        await started.Task;
        time.Advance(CachePolicy.Usual.Timeout);
        Assert.Equal("provider_timeout", (await waiting).Error!.Reason);
    }

    [Fact]
    public async Task A_fetch_that_throws_does_not_jam_the_next()
    {
        answer = _ => throw new InvalidOperationException("A programmer's mistake.");
        Cached<string> cached = Create();
        await Assert.ThrowsAsync<InvalidOperationException>(() => cached.GetAsync(None));
        answer = _ => Task.FromResult<Result<string>>("back");
        Assert.Equal("back", (await cached.GetAsync(None)).Value);
    }

    [Fact]
    public async Task A_refresh_is_forced_at_most_once_in_thirty_seconds()
    {
        Cached<string> cached = Create();
        await cached.GetAsync(None);
        Assert.Equal("v2", (await cached.RefreshAsync(None))!.Value.Value);
        Assert.Null(await cached.RefreshAsync(None));
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(await cached.RefreshAsync(None));
        Assert.Equal("v2", (await cached.GetAsync(None)).Value);
        Assert.Equal(2, fetches);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("v3", (await cached.RefreshAsync(None))!.Value.Value);
    }

    [Fact]
    public async Task A_refresh_that_fails_says_so_and_leaves_the_value()
    {
        Cached<string> cached = Create();
        await cached.GetAsync(None);
        answer = Refuse("provider_unreachable");
        Assert.Equal("provider_unreachable", (await cached.RefreshAsync(None))!.Value.Error!.Reason);
        Assert.Equal("provider_unreachable", (await cached.RefreshAsync(None))!.Value.Error!.Reason);
        Assert.Equal("v1", (await cached.GetAsync(None)).Value);
        Assert.Equal(2, fetches);
    }

    [Fact]
    public async Task A_refresh_joins_a_fetch_that_is_under_way()
    {
        var gate = new TaskCompletionSource<Result<string>>();
        answer = _ => gate.Task;
        Cached<string> cached = Create();
        Task<Result<string>> getting = cached.GetAsync(None);
        Task<Result<string>?> refreshing = cached.RefreshAsync(None);
        gate.SetResult("one");
        Assert.Equal("one", (await getting).Value);
        Assert.Equal("one", (await refreshing)!.Value.Value);
        Assert.Equal(1, fetches);
    }

    private static Func<CancellationToken, Task<Result<string>>> Refuse(string reason) =>
        _ => Task.FromResult<Result<string>>(ExchangeError.TemporarilyUnavailable(reason));

    private Cached<string> Create() => new(
        token =>
        {
            Interlocked.Increment(ref fetches);
            return answer(token);
        },
        time);
}
