namespace Cambio.Storage;

/// <summary>The keys that sign our tokens, shared by all instances. Outside any transaction.</summary>
public interface ISigningKeyStore
{
    /// <summary>All keys that are kept.</summary>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<IReadOnlyList<ProtectedSigningKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds a key unless another instance has added the one for the same <see cref="ProtectedSigningKey.Sequence"/>; false then.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    Task<bool> TryAddAsync(ProtectedSigningKey key, CancellationToken cancellationToken);

    /// <summary>Retires a key at once: from then on it neither signs nor verifies. False when there is no such key, or it was retired before.</summary>
    /// <param name="id">The <c>kid</c>.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    Task<bool> RetireAsync(string id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes a key that nothing needs any more.</summary>
    /// <param name="id">The <c>kid</c>.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}

/// <summary>A signing key as the store keeps it.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="Sequence">Counts the keys; unique, so that two instances cannot both add the next one.</param>
/// <param name="Algorithm">The JWS algorithm.</param>
/// <param name="Payload">The private key, encrypted.</param>
/// <param name="CreatedAt">When it was made and first published, UTC.</param>
/// <param name="ActiveFrom">When it may sign, UTC.</param>
/// <param name="RetiredAt">When the operator retired it early, UTC; it neither signs nor verifies then.</param>
public sealed record ProtectedSigningKey(
    string Id, int Sequence, string Algorithm, byte[] Payload, DateTimeOffset CreatedAt, DateTimeOffset ActiveFrom, DateTimeOffset? RetiredAt = null);
