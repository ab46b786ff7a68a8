namespace Cambio.Vault;

/// <summary>
/// The providers' own tokens of our users, for the API's own calls. They are kept only when <c>save-provider-tokens</c> is in the
/// pipeline; never handed out over HTTP.
/// </summary>
public interface IProviderTokens
{
    /// <summary>A token that is good now, refreshed at the provider when it had expired.</summary>
    /// <param name="userId">The local user.</param>
    /// <param name="provider">The provider's id.</param>
    /// <param name="subject">The provider's id of the user, where one user has several; null for the one that was used last.</param>
    /// <param name="cancellationToken">Ends the wait; a refresh that is under way is finished.</param>
    /// <returns>
    /// The token, or <c>not_found</c> when none is kept, <c>unknown_provider</c> when the provider is not enabled, <c>invalid_grant</c> when it has expired and the provider gives no new one,
    /// <c>temporarily_unavailable</c> or <c>provider_error</c> when the provider could not be asked.
    /// </returns>
    Task<Result<ProviderAccessToken>> GetAccessTokenAsync(string userId, string provider, string? subject = null, CancellationToken cancellationToken = default);
}

/// <summary>A provider's access token. Never prints itself.</summary>
/// <param name="Token">The token.</param>
/// <param name="ExpiresAt">When it expires, UTC; null when the provider did not say.</param>
public sealed record ProviderAccessToken(string Token, DateTimeOffset? ExpiresAt)
{
    /// <summary>Nothing; the value is a secret.</summary>
    public override string ToString() => "provider access token [redacted]";
}
