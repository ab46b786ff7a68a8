using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;

namespace Cambio.EntityFrameworkCore;

/// <summary>A session filter as a condition on rows.</summary>
internal static class SessionFilterExtensions
{
    /// <summary>The rows that meet all that is set; none for a user that the store never named.</summary>
    /// <exception cref="ArgumentException">Nothing that limits it is set.</exception>
    public static IQueryable<SessionRow> Matching(this IQueryable<SessionRow> rows, SessionFilter which)
    {
        which.EnsureBounded();
        (string? id, string? provider, string? subject, string? session, string? except) =
            (which.Id, which.Provider, which.Subject, which.ProviderSessionId, which.Except);
        rows = id is null ? rows : rows.Where(row => row.Id == id);
        rows = which.User is { } user ? rows.OfUser(user) : rows;
        rows = provider is null ? rows : rows.Where(row => row.Provider == provider);
        rows = subject is null ? rows : rows.Where(row => row.Subject == subject);
        rows = session is null ? rows : rows.Where(row => row.ProviderSessionId == session);
        return except is null ? rows : rows.Where(row => row.Id != except);
    }

    private static IQueryable<SessionRow> OfUser(this IQueryable<SessionRow> rows, UserRef user) =>
        UserKey.TryParse(user) is { } id ? rows.Where(row => row.UserId == id) : rows.Where(static row => false);
}
