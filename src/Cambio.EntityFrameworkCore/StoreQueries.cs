using Cambio.EntityFrameworkCore.Tables;
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
}

/// <summary>A user found by e-mail.</summary>
internal sealed record EmailOwnerRow(UserRow User, bool HasLoginAtProvider);

/// <summary>A refresh token and what it leads to.</summary>
internal sealed record RefreshRow(RefreshTokenRow Token, SessionRow Session, UserRow User, bool SuccessorUsed);
