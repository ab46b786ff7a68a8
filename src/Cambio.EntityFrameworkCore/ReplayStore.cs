using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>Spent one-time credentials, inside one transaction.</summary>
internal sealed class ReplayStore(DbContext context, IDatabaseEngine engine) : IReplayStore
{
    public async Task<bool> TryAddAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        await engine.GuardAsync(() => context.InsertAsync(
            new ReplayRow { Key = key, ExpiresAt = expiresAt }, " ON CONFLICT DO NOTHING", cancellationToken)) == 1;
}
