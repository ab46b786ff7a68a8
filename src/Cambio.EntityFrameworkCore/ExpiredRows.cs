using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambio.EntityFrameworkCore;

/// <summary>Forgets once an hour what has been expired for two days: replay records, refresh tokens, sessions, also those ended early; one-time codes after an hour.</summary>
internal sealed partial class ExpiredRows(
    ContextSource contexts, IDatabaseEngine engine, TimeProvider time, ILogger<ExpiredRows> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // A clock that runs ahead must neither end sessions nor let a credential in twice.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(2);

    // A code says who signed in, and from where: once it is of no use it goes soon, also when the user has been deleted since.
    private static readonly TimeSpan MarginOfCodes = TimeSpan.FromHours(1);

    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset longAgo = time.GetUtcNow() - Margin;
        DateTimeOffset anHourAgo = time.GetUtcNow() - MarginOfCodes;
        using IDisposable turn = await engine.EnterAsync(cancellationToken);
        await using ContextLease lease = contexts.Open();
        DbContext context = lease.Context;
        await engine.GuardAsync(() => context.Set<ReplayRow>().Where(row => row.ExpiresAt < longAgo).ExecuteDeleteAsync(cancellationToken));
        await engine.GuardAsync(() => context.Set<OneTimeCodeRow>().Where(row => row.ExpiresAt < anHourAgo).ExecuteDeleteAsync(cancellationToken));
        await engine.GuardAsync(() => context.Set<RefreshTokenRow>().Where(row => row.ExpiresAt < longAgo).ExecuteDeleteAsync(cancellationToken));
        await engine.GuardAsync(() => context.Set<SessionRow>()
            .Where(row => row.ExpiresAt < longAgo || row.EndedAt < longAgo)
            .ExecuteDeleteAsync(cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Whatever it was, the next round may mend it, and it is no reason to stop the host.
                LogPutOff(exception);
            }
        }
    }

    [LoggerMessage(5001, LogLevel.Warning, "Expired rows could not be deleted now; the next try is in an hour.")]
    private partial void LogPutOff(Exception exception);
}
