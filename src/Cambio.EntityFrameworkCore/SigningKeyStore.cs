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
}
