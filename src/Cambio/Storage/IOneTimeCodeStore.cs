namespace Cambio.Storage;

/// <summary>One-time codes of ours, inside one transaction: each a hash with what it stands for.</summary>
public interface IOneTimeCodeStore
{
    /// <summary>Keeps a new code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    Task AddAsync(OneTimeCode code, CancellationToken cancellationToken);

    /// <summary>
    /// Spends the code. The first call for a code answers it with <see cref="OneTimeCode.SpentAt"/> null, every later one with the time at
    /// which it was spent; null when no such code is kept. Of two at the same time only one is first.
    /// </summary>
    /// <param name="hash">The SHA-256 of the code.</param>
    /// <param name="purpose">What it must be for, as in <see cref="OneTimeCode.Purpose"/>.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    Task<OneTimeCode?> SpendAsync(byte[] hash, string purpose, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>A one-time code as the store keeps it.</summary>
/// <param name="Hash">The SHA-256 of the code.</param>
/// <param name="Purpose">What it is for; a code of one purpose is none of another.</param>
/// <param name="Payload">What it stands for. Holds no secret.</param>
/// <param name="ExpiresAt">When it is no longer good, UTC. The caller compares.</param>
/// <param name="SpentAt">When it was spent, UTC.</param>
public sealed record OneTimeCode(byte[] Hash, string Purpose, byte[] Payload, DateTimeOffset ExpiresAt, DateTimeOffset? SpentAt = null);
