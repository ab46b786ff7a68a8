using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>Sessions, their refresh tokens and API tokens, inside one transaction.</summary>
internal sealed class SessionStore(DbContext context, IDatabaseEngine engine, StoreQueries queries) : ISessionStore
{
    public async Task AddAsync(Session session, RefreshToken token, CancellationToken cancellationToken)
    {
        await engine.GuardAsync(() => context.InsertAsync(SessionRow.From(session), "", cancellationToken));
        await engine.GuardAsync(() => context.InsertAsync(RefreshTokenRow.From(token), "", cancellationToken));
    }

    public async Task AddAsync(Session session, ProtectedApiToken token, CancellationToken cancellationToken)
    {
        await engine.GuardAsync(() => context.InsertAsync(SessionRow.From(session), "", cancellationToken));
        await engine.GuardAsync(() => context.InsertAsync(ApiTokenRow.From(token), "", cancellationToken));
    }

    public Task AddAsync(Session session, CancellationToken cancellationToken) =>
        engine.GuardAsync(() => context.InsertAsync(SessionRow.From(session), "", cancellationToken));

    public async Task<ProtectedApiToken?> FindApiTokenAsync(UserRef user, CancellationToken cancellationToken)
    {
        if (UserKey.TryParse(user) is not { } id)
        {
            return null;
        }

        ApiTokenRow? row = await engine.GuardAsync(() => queries.ApiTokenOfUser(context, id, cancellationToken));
        return row?.ToToken();
    }

    public Task TouchAsync(string sessionId, DateTimeOffset now, CancellationToken cancellationToken) =>
        engine.GuardAsync(() => context.Set<SessionRow>()
            .Where(row => row.Id == sessionId)
            .ExecuteUpdateAsync(update => update.SetProperty(static row => row.LastUsedAt, now), cancellationToken));

    public async Task<RefreshLookup?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        // The session needs no lock of its own here: the transaction holds the only right to write.
        RefreshRow? found = await engine.GuardAsync(() => queries.RefreshToken(context, hash, cancellationToken));
        return found?.ToLookup();
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
        await TouchAsync(successor.SessionId, now, cancellationToken);
    }

    public async Task<int> EndAsync(SessionFilter which, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IQueryable<SessionRow> sessions = context.Set<SessionRow>().Matching(which);
        IQueryable<string> ids = sessions.Select(static row => row.Id);
        int ended = await engine.GuardAsync(() => sessions
            .Where(static row => row.EndedAt == null)
            .ExecuteUpdateAsync(update => update.SetProperty(static row => row.EndedAt, now), cancellationToken));
        await engine.GuardAsync(() => context.Set<RefreshTokenRow>()
            .Where(row => ids.Contains(row.SessionId))
            .ExecuteDeleteAsync(cancellationToken));
        await engine.GuardAsync(() => context.Set<ApiTokenRow>()
            .Where(row => ids.Contains(row.SessionId))
            .ExecuteDeleteAsync(cancellationToken));
        return ended;
    }
}
