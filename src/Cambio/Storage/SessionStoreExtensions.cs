namespace Cambio.Storage;

/// <summary>What several rooms do to sessions.</summary>
internal static class SessionStoreExtensions
{
    /// <summary>Ends the session of the user's API token, if there is one: every login of the user gets that token, so it ends with any of them.</summary>
    public static async Task EndApiTokenAsync(this ISessionStore sessions, UserRef user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await sessions.FindApiTokenAsync(user, cancellationToken) is { } token)
        {
            await sessions.EndAsync(new SessionFilter { Id = token.SessionId }, now, cancellationToken);
        }
    }
}
