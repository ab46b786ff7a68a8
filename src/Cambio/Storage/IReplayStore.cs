namespace Cambio.Storage;

/// <summary>Spent one-time credentials, inside one transaction.</summary>
public interface IReplayStore
{
    /// <summary>Records the key, or answers false when it is recorded already.</summary>
    /// <param name="key">A hash that names the credential.</param>
    /// <param name="expiresAt">When the record may be forgotten, UTC.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    Task<bool> TryAddAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken);
}
