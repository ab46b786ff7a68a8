using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>
/// The queries of every exchange and refresh, compiled once. They belong to one store, because a compiled query serves one model only.
/// </summary>
internal sealed class StoreQueries
{
    public Func<DbContext, string, string, CancellationToken, Task<UserRow?>> UserByLogin { get; } = EF.CompileAsyncQuery(
        (DbContext context, string provider, string subject, CancellationToken cancellationToken) => context.Set<LoginRow>()
            .AsNoTracking()
            .Where(login => login.Provider == provider && login.Subject == subject)
            .Select(static login => login.User)
            .FirstOrDefault());

    public Func<DbContext, Guid, CancellationToken, Task<UserRow?>> User { get; } = EF.CompileAsyncQuery(
        (DbContext context, Guid id, CancellationToken cancellationToken) => context.Set<UserRow>()
            .AsNoTracking()
            .FirstOrDefault(user => user.Id == id));

    public Func<DbContext, string, string, IAsyncEnumerable<EmailOwnerRow>> UsersByEmail { get; } = EF.CompileAsyncQuery(
        (DbContext context, string normalizedEmail, string provider) => context.Set<UserRow>()
            .AsNoTracking()
            .Where(user => user.NormalizedEmail == normalizedEmail)
            .OrderByDescending(static user => user.EmailProven)
            .ThenBy(static user => user.CreatedAt)
            .ThenBy(static user => user.Id)
            .Take(10)
            .Select(user => new EmailOwnerRow(user, context.Set<LoginRow>().Any(login => login.UserId == user.Id && login.Provider == provider))));

    public Func<DbContext, byte[], CancellationToken, Task<RefreshRow?>> RefreshToken { get; } = EF.CompileAsyncQuery(
        (DbContext context, byte[] hash, CancellationToken cancellationToken) => context.Set<RefreshTokenRow>()
            .AsNoTracking()
            .Where(token => token.Hash == hash)
            .Select(token => new RefreshRow(
                token,
                token.Session!,
                token.Session!.User!,
                context.Set<RefreshTokenRow>().Any(child => child.Parent == token.Hash && child.UsedAt != null)))
            .FirstOrDefault());

    public Func<DbContext, string, CancellationToken, Task<SessionUserRow?>> Session { get; } = EF.CompileAsyncQuery(
        (DbContext context, string id, CancellationToken cancellationToken) => context.Set<SessionRow>()
            .AsNoTracking()
            .Where(session => session.Id == id)
            .Select(static session => new SessionUserRow(session, session.User!))
            .FirstOrDefault());

    public Func<DbContext, byte[], CancellationToken, Task<SessionUserRow?>> SessionOfApiToken { get; } = EF.CompileAsyncQuery(
        (DbContext context, byte[] hash, CancellationToken cancellationToken) => context.Set<ApiTokenRow>()
            .AsNoTracking()
            .Where(token => token.Hash == hash)
            .Select(static token => new SessionUserRow(token.Session!, token.Session!.User!))
            .FirstOrDefault());

    public Func<DbContext, Guid, CancellationToken, Task<ApiTokenRow?>> ApiTokenOfUser { get; } = EF.CompileAsyncQuery(
        (DbContext context, Guid user, CancellationToken cancellationToken) => context.Set<ApiTokenRow>()
            .AsNoTracking()
            .FirstOrDefault(token => token.UserId == user));
}

/// <summary>A user found by e-mail.</summary>
internal sealed record EmailOwnerRow(UserRow User, bool HasLoginAtProvider);

/// <summary>A refresh token and what it leads to.</summary>
internal sealed record RefreshRow(RefreshTokenRow Token, SessionRow Session, UserRow User, bool SuccessorUsed)
{
    public RefreshLookup ToLookup() => new(Token.ToToken(), Session.ToSession(), User.ToAccount(), SuccessorUsed);
}

/// <summary>A session and its user.</summary>
internal sealed record SessionUserRow(SessionRow Session, UserRow User)
{
    public SessionLookup ToLookup() => new(Session.ToSession(), User.ToAccount());
}
