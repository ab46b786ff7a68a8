using Cambio.Storage;

namespace Cambio.Tokens;

/// <summary>The sessions of users: looked at, listed, ended.</summary>
internal sealed class Sessions(IStore store, TimeProvider time)
{
    /// <summary>The session and its user as they are now; <c>invalid_token</c> when it has ended or expired, or the user is disabled or gone.</summary>
    public async Task<Result<SessionLookup>> FindAsync(string sessionId, CancellationToken cancellationToken) =>
        SessionRule.Judge(await store.FindSessionAsync(sessionId, cancellationToken), time.GetUtcNow());

    /// <summary>Notes that the session is in use.</summary>
    public Task TouchAsync(string sessionId, CancellationToken cancellationToken) => store.TransactAsync<bool>(
        async (transaction, cancel) =>
        {
            await transaction.Sessions.TouchAsync(sessionId, time.GetUtcNow(), cancel);
            return true;
        },
        cancellationToken);

    public Task<IReadOnlyList<Session>> ListAsync(UserRef user, CancellationToken cancellationToken) =>
        store.ListSessionsAsync(user, time.GetUtcNow(), cancellationToken);

    /// <summary>Ends one session of the user; <c>not_found</c> when it is none of theirs, or has ended.</summary>
    public async Task<Result<bool>> EndAsync(UserRef user, string sessionId, CancellationToken cancellationToken)
    {
        Result<int> ended = await EndAsync(new SessionFilter { Id = sessionId, User = user }, cancellationToken);
        return !ended.IsSuccess ? ended.Error
            : ended.Value == 0 ? ExchangeError.NotFound("session_unknown")
            : true;
    }

    /// <summary>Ends all sessions of the user.</summary>
    public Task<Result<int>> EndAllAsync(UserRef user, CancellationToken cancellationToken) =>
        EndAsync(new SessionFilter { User = user }, cancellationToken);

    private Task<Result<int>> EndAsync(SessionFilter which, CancellationToken cancellationToken) => store.TransactAsync<int>(
        async (transaction, cancel) => await transaction.Sessions.EndAsync(which, time.GetUtcNow(), cancel), cancellationToken);
}
