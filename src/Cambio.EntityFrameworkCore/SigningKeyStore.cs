using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>The signing keys, each statement a transaction of its own.</summary>
internal sealed class SigningKeyStore(ContextSource contexts, IDatabaseEngine engine) : ISigningKeyStore
{
    public async Task<IReadOnlyList<ProtectedSigningKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using ContextLease lease = contexts.Open();
        List<SigningKeyRow> rows = await engine.GuardAsync(() => lease.Context.Set<SigningKeyRow>()
            .AsNoTracking()
            .OrderBy(static key => key.Sequence)
            .ToListAsync(cancellationToken));
        return [.. rows.Select(static row => row.ToKey())];
    }

    public async Task<bool> TryAddAsync(ProtectedSigningKey key, CancellationToken cancellationToken)
    {
        using IDisposable turn = await engine.EnterAsync(cancellationToken);
        await using ContextLease lease = contexts.Open();
        return await engine.GuardAsync(() => lease.Context.InsertAsync(
            SigningKeyRow.From(key), " ON CONFLICT DO NOTHING", cancellationToken)) == 1;
    }

    public async Task<bool> RetireAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using IDisposable turn = await engine.EnterAsync(cancellationToken);
        await using ContextLease lease = contexts.Open();
        return await engine.GuardAsync(() => lease.Context.Set<SigningKeyRow>()
            .Where(key => key.Id == id && key.RetiredAt == null)
            .ExecuteUpdateAsync(update => update.SetProperty(static key => key.RetiredAt, now), cancellationToken)) == 1;
    }

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        using IDisposable turn = await engine.EnterAsync(cancellationToken);
        await using ContextLease lease = contexts.Open();
        await engine.GuardAsync(() => lease.Context.Set<SigningKeyRow>().Where(key => key.Id == id).ExecuteDeleteAsync(cancellationToken));
    }
}
