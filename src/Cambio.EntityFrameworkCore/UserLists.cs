using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>What belongs to a user, as the user's own pages show it.</summary>
internal static class UserLists
{
    private const int MostSessions = 1000;

    /// <summary>The logins, oldest first.</summary>
    public static async Task<IReadOnlyList<Login>> LoginsAsync(this DbContext context, UserRef user, CancellationToken cancellationToken)
    {
        if (UserKey.TryParse(user) is not { } id)
        {
            return [];
        }

        List<LoginRow> rows = await context.Set<LoginRow>()
            .AsNoTracking()
            .Where(login => login.UserId == id)
            .OrderBy(static login => login.LinkedAt)
            .ThenBy(static login => login.Provider)
            .ThenBy(static login => login.Subject)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(static row => row.ToLogin())];
    }

    /// <summary>The sessions that go on, last used first.</summary>
    public static async Task<IReadOnlyList<Session>> SessionsAsync(
        this DbContext context, UserRef user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (UserKey.TryParse(user) is not { } id)
        {
            return [];
        }

        List<SessionRow> rows = await context.Set<SessionRow>()
            .AsNoTracking()
            .Where(session => session.UserId == id && session.EndedAt == null && session.ExpiresAt > now)
            .OrderByDescending(static session => session.LastUsedAt)
            .ThenBy(static session => session.Id)
            .Take(MostSessions)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(static row => row.ToSession())];
    }

    /// <summary>The tokens of the user's login at the provider that was used last, or of the one named; or null.</summary>
    public static async Task<ProtectedProviderTokens?> ProviderTokensAsync(
        this DbContext context, UserRef user, string provider, string? subject, CancellationToken cancellationToken)
    {
        if (UserKey.TryParse(user) is not { } id)
        {
            return null;
        }

        ProviderTokenRow? row = await context.Set<ProviderTokenRow>()
            .AsNoTracking()
            .Where(tokens => tokens.UserId == id && tokens.Provider == provider && (subject == null || tokens.Subject == subject))
            .OrderByDescending(static tokens => tokens.Login!.LastUsedAt)
            .ThenBy(static tokens => tokens.Subject)
            .FirstOrDefaultAsync(cancellationToken);
        return row?.ToTokens();
    }
}
