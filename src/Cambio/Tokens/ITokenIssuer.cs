using Cambio.Storage;

namespace Cambio.Tokens;

/// <summary>Makes our own tokens. A wall, not a step: no setting removes it.</summary>
public interface ITokenIssuer
{
    /// <summary>Loads what signing needs, before the exchange's transaction opens: inside it nothing else of the store may be asked.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Opens a session for the user and issues its first tokens, inside the exchange's transaction.</summary>
    /// <param name="account">The user.</param>
    /// <param name="login">Where and how the user signed in.</param>
    /// <param name="transaction">The exchange's transaction.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task<IssuedToken> IssueAsync(Account account, SignInContext login, IStoreTransaction transaction, CancellationToken cancellationToken);
}

/// <summary>Where and how a user signed in.</summary>
/// <param name="Provider">The provider's id.</param>
/// <param name="Subject">The provider's id of the user.</param>
/// <param name="UserAgent">The caller's user agent.</param>
/// <param name="Address">The caller's address.</param>
public sealed record SignInContext(string Provider, string Subject, string? UserAgent, string? Address)
{
    /// <summary>The provider's own session, when it named one.</summary>
    public string? ProviderSessionId { get; init; }

    /// <summary>The confidential client that asks, if any.</summary>
    public string? ClientId { get; init; }

    /// <summary>The sign-in opened the account.</summary>
    internal bool IsNewUser { get; init; }

    /// <summary>The id that a session opened for it has to have; null when the issuer may choose one.</summary>
    public string? SessionId { get; init; }

    /// <summary>The provider only; who it is stays out of logs.</summary>
    public override string ToString() => $"{Provider} sign-in [redacted]";
}

/// <summary>Our own tokens. Never prints them.</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="ExpiresIn">How long it is good for; null for one that is good until it is revoked.</param>
/// <param name="RefreshToken">The refresh token, if the kind has one.</param>
/// <param name="SessionId">The session.</param>
public sealed record IssuedToken(string AccessToken, TimeSpan? ExpiresIn, string? RefreshToken, string SessionId)
{
    /// <summary>The session only; the values are secrets.</summary>
    public override string ToString() => $"token of session {SessionId} [redacted]";
}
