using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>One-time codes, inside one transaction.</summary>
internal sealed class OneTimeCodeStore(DbContext context, IDatabaseEngine engine) : IOneTimeCodeStore
{
    public Task AddAsync(OneTimeCode code, CancellationToken cancellationToken) =>
        engine.GuardAsync(() => context.InsertAsync(OneTimeCodeRow.From(code), "", cancellationToken));

    public async Task<OneTimeCode?> SpendAsync(byte[] hash, string purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IQueryable<OneTimeCodeRow> codes = context.Set<OneTimeCodeRow>().Where(row => row.Hash == hash && row.Purpose == purpose);

        // Written before it is read, so that of two at the same time the second waits and then finds it spent.
        bool first = await engine.GuardAsync(() => codes
            .Where(static row => row.SpentAt == null)
            .ExecuteUpdateAsync(update => update.SetProperty(static row => row.SpentAt, now), cancellationToken)) == 1;
        OneTimeCode? code = (await engine.GuardAsync(() => codes.AsNoTracking().FirstOrDefaultAsync(cancellationToken)))?.ToCode();
        return code is not null && first ? code with { SpentAt = null } : code;
    }
}
