using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambio.AspNetCore;

/// <summary>Loads the signing keys before the first request and lists them anew every minute, so that no exchange waits for them.</summary>
internal sealed class SigningKeyRefresh(SigningKeyRing keys, TimeProvider time, ILogger<SigningKeyRefresh> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keys.RefreshAsync(cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            // The store may come later; until then /health/ready says that we are not ready.
            DoorLog.SigningKeysNotLoaded(logger, exception);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SigningKeyRing.RelistAfter, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await keys.RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Whatever it was, the next round may mend it, and it is no reason to stop the host.
                DoorLog.SigningKeysNotLoaded(logger, exception);
            }
        }
    }
}
