using Cambio.Providers;
using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;

namespace Cambio.Vault;

/// <summary>The room's way in for an application's own code: the kept token as it is, or refreshed.</summary>
internal sealed class ProviderTokenVault(ProviderRegistry providers, KeptTokens kept, TokenRenewal renewal, ILogger<ProviderTokenVault> logger) : IProviderTokens
{
    private readonly Flights<(string User, string Provider, string Subject), Result<ProviderTokens>> flights = new();

    /// <inheritdoc/>
    public async Task<Result<ProviderAccessToken>> GetAccessTokenAsync(
        string userId, string provider, string? subject = null, CancellationToken cancellationToken = default)
    {
        Result<Provider> found = providers.Find(provider);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        try
        {
            Result<Kept> read = await kept.FindAsync(new UserRef(userId), found.Value.Id, subject, cancellationToken);
            if (!read.IsSuccess)
            {
                return read.Error;
            }

            if (!renewal.IsDue(found.Value, read.Value.Tokens))
            {
                await SealAnewAsync(read.Value, cancellationToken);
                return Answer(read.Value.Tokens);
            }

            ProtectedProviderTokens whose = read.Value.Sealed;
            Result<ProviderTokens> renewed = await flights.JoinAsync(
                (whose.User.Id, whose.Provider, whose.Subject), () => renewal.RunAsync(found.Value, whose.User, whose.Subject), cancellationToken);
            return renewed.IsSuccess ? Answer(renewed.Value) : renewed.Error;
        }
        catch (StoreUnavailableException e)
        {
            Log.StoreUnavailable(logger, e, e.Message);
            return ExchangeError.TemporarilyUnavailable("store_unavailable");
        }
    }

    private static ProviderAccessToken Answer(ProviderTokens tokens) => new(tokens.AccessToken, tokens.ExpiresAt);

    // Lost to somebody else is well: what they wrote is sealed with the newest key.
    private async Task SealAnewAsync(Kept read, CancellationToken cancellationToken)
    {
        if (read.IsOldKey)
        {
            await kept.TryReplaceAsync(read, read.Tokens, cancellationToken);
        }
    }
}
