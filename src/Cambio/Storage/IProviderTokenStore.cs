namespace Cambio.Storage;

/// <summary>The providers' own tokens, one set for each login, inside one transaction. They go with their login.</summary>
public interface IProviderTokenStore
{
    /// <summary>Keeps the tokens of a login, over those of before.</summary>
    /// <param name="tokens">The tokens, already encrypted.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    Task SaveAsync(ProtectedProviderTokens tokens, CancellationToken cancellationToken);

    /// <summary>Keeps the tokens of a login if those kept are still the ones that were read; false otherwise, also when the login is gone.</summary>
    /// <param name="tokens">The new tokens, already encrypted.</param>
    /// <param name="read">The payload that was read.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    Task<bool> TryReplaceAsync(ProtectedProviderTokens tokens, byte[] read, CancellationToken cancellationToken);

    /// <summary>All tokens kept for the user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<IReadOnlyList<ProtectedProviderTokens>> ListAsync(UserRef user, CancellationToken cancellationToken);

    /// <summary>Forgets the tokens of a login.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="subject">The provider's id of the user.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    Task RemoveAsync(string provider, string subject, CancellationToken cancellationToken);
}

/// <summary>A provider's tokens for one login, encrypted.</summary>
/// <param name="User">The user.</param>
/// <param name="Provider">The provider's id.</param>
/// <param name="Subject">The provider's id of the user.</param>
/// <param name="Payload">The encrypted tokens.</param>
/// <param name="ExpiresAt">When the access token expires, UTC, when known.</param>
public sealed record ProtectedProviderTokens(UserRef User, string Provider, string Subject, byte[] Payload, DateTimeOffset? ExpiresAt)
{
    /// <summary>The provider only; whose they are stays out of logs.</summary>
    public override string ToString() => $"{Provider} tokens [redacted]";
}
