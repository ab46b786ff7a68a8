namespace Cambio.Providers;

/// <summary>
/// A value that a provider publishes: fetched once for all who wait, kept while fresh, and kept a while longer when the provider is down.
/// </summary>
/// <param name="fetch">Reads the value from the provider. Its token ends with <see cref="CachePolicy.Timeout"/>, never with one caller.</param>
/// <param name="time">The clock.</param>
/// <param name="policy">How long is how long; null for the usual.</param>
internal sealed class Cached<T>(Func<CancellationToken, Task<Result<T>>> fetch, TimeProvider time, CachePolicy? policy = null)
    where T : notnull
{
    private readonly CachePolicy policy = policy ?? CachePolicy.Usual;
    private readonly Lock gate = new();
    private Task<Result<T>>? flight;
    private Held<T>? good;
    private Held<ExchangeError>? failure;
    private long? forcedAt;

    /// <summary>The value, fetched when the one at hand is not fresh; the last good one when that fails; else the failure.</summary>
    public async Task<Result<T>> GetAsync(CancellationToken cancellationToken)
    {
        Task<Result<T>> running;
        lock (gate)
        {
            if (Within(good, policy.Fresh))
            {
                return good.Value;
            }

            if (Within(failure, policy.FailureFor))
            {
                return OrLastGood(failure.Value);
            }

            running = flight ??= Task.Run(FetchAsync, CancellationToken.None);
        }

        Result<T> fetched = await running.WaitAsync(cancellationToken);
        return fetched.IsSuccess ? fetched : OrLastGood(fetched.Error);
    }

    /// <summary>
    /// The value as the provider publishes it now, or why it could not be had. Forced at most once per
    /// <see cref="CachePolicy.RefreshEvery"/>, whoever asks; null where nothing newer than the last answer can be had until then.
    /// </summary>
    public async Task<Result<T>?> RefreshAsync(CancellationToken cancellationToken)
    {
        Task<Result<T>> running;
        lock (gate)
        {
            if (flight is null && forcedAt is { } last && time.GetElapsedTime(last) < policy.RefreshEvery)
            {
                return failure is null ? default(Result<T>?) : failure.Value;
            }

            if (flight is null)
            {
                forcedAt = time.GetTimestamp();
            }

            running = flight ??= Task.Run(FetchAsync, CancellationToken.None);
        }

        return await running.WaitAsync(cancellationToken);
    }

    private async Task<Result<T>> FetchAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(policy.Timeout, time);
            Result<T> result = await FetchAsync(timeout.Token);
            lock (gate)
            {
                good = result.IsSuccess ? new(result.Value, time.GetTimestamp()) : good;
                failure = result.IsSuccess ? null : new(result.Error, time.GetTimestamp());
            }

            return result;
        }
        finally
        {
            lock (gate)
            {
                flight = null;
            }
        }
    }

    private async Task<Result<T>> FetchAsync(CancellationToken timeout)
    {
        try
        {
            return await fetch(timeout);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return ExchangeError.TemporarilyUnavailable("provider_timeout");
        }
    }

    private Result<T> OrLastGood(ExchangeError error)
    {
        lock (gate)
        {
            return Within(good, policy.Fresh + policy.Stale) ? good.Value : error;
        }
    }

    private bool Within<TValue>([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] Held<TValue>? held, TimeSpan age) =>
        held is not null && time.GetElapsedTime(held.At) < age;

    private sealed record Held<TValue>(TValue Value, long At);
}

/// <summary>How long a <see cref="Cached{T}"/> keeps what.</summary>
internal sealed record CachePolicy
{
    public static CachePolicy Usual { get; } = new();

    /// <summary>While a value is this young, nobody is asked.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromHours(1);

    /// <summary>For so long after that it still serves while the provider is down.</summary>
    public TimeSpan Stale { get; init; } = TimeSpan.FromHours(1);

    /// <summary>For so long after a failure nobody is asked.</summary>
    public TimeSpan FailureFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Forced refreshes are at least this far apart.</summary>
    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One fetch may take this long: less than an exchange, so that the last good value still comes in time.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);
}
