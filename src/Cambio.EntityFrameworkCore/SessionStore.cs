using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>Sessions and refresh tokens, inside one transaction.</summary>
internal sealed class SessionStore(DbContext context, IDatabaseEngine engine, StoreQueries queries) : ISessionStore
{
    public async Task AddAsync(Session session, RefreshToken token, CancellationToken cancellationToken)
    {
        await engine.GuardAsync(() => context.InsertAsync(SessionRow.From(session), "", cancellationToken));
        await engine.GuardAsync(() => context.InsertAsync(RefreshTokenRow.From(token), "", cancellationToken));
    }

    public async Task<RefreshLookup?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        // The session needs no lock of its own here: the transaction holds the only right to write.
        RefreshRow? found = await engine.GuardAsync(() => queries.RefreshToken(context, hash, cancellationToken));
        return found is null
            ? null
            : new RefreshLookup(found.Token.ToToken(), found.Session.ToSession(), found.User.ToAccount(), found.SuccessorUsed);
    }

    public async Task RotateAsync(RefreshToken spent, RefreshToken successor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IQueryable<RefreshTokenRow> tokens = context.Set<RefreshTokenRow>();
        await engine.GuardAsync(() => tokens.Where(row => row.Hash == spent.Hash).ExecuteUpdateAsync(
            update => update
                .SetProperty(static row => row.UsedAt, spent.UsedAt)
                .SetProperty(static row => row.Retried, spent.Retried),
            cancellationToken));
        if (spent.Parent is not null)
        {
            await engine.GuardAsync(() => tokens
                .Where(row => row.Parent == spent.Parent && row.Hash != spent.Hash && row.UsedAt == null)
                .ExecuteUpdateAsync(
                    update => update
                        .SetProperty(static row => row.UsedAt, now)
                        .SetProperty(static row => row.Retried, true),
                    cancellationToken));
        }

        await engine.GuardAsync(() => context.InsertAsync(RefreshTokenRow.From(successor), "", cancellationToken));
        await engine.GuardAsync(() => context.Set<SessionRow>()
            .Where(row => row.Id == successor.SessionId)
            .ExecuteUpdateAsync(update => update.SetProperty(static row => row.LastUsedAt, now), cancellationToken));
    }

    public async Task EndAsync(string sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await engine.GuardAsync(() => context.Set<SessionRow>()
            .Where(row => row.Id == sessionId && row.EndedAt == null)
            .ExecuteUpdateAsync(update => update.SetProperty(static row => row.EndedAt, now), cancellationToken));
        await engine.GuardAsync(() => context.Set<RefreshTokenRow>()
            .Where(row => row.SessionId == sessionId)
            .ExecuteDeleteAsync(cancellationToken));
    }
}
