using Cambio.Storage;
using Cambio.Vault;

namespace Cambio.Pipeline.Steps;

/// <summary>Keeps the provider's own tokens, sealed. That it stands in the pipeline is the operator's wish to have them kept.</summary>
internal sealed class SaveProviderTokens(ProviderTokenSeal seal) : IExchangeStep
{
    public async Task<ExchangeError?> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context is { ProviderTokens: { } tokens, Account: { } account })
        {
            ProviderTokens complete = tokens.RefreshToken is null ? await CompleteAsync(context, account.User, tokens, cancellationToken) : tokens;
            await context.Store.ProviderTokens.SaveAsync(
                seal.Seal(account.User, context.Identity.Provider, context.Identity.Subject, complete), cancellationToken);
        }

        return null;
    }

    // Many give a refresh token at the first consent alone, and none comes with a bare access token: the one at hand stays good.
    private async Task<ProviderTokens> CompleteAsync(ExchangeContext context, UserRef user, ProviderTokens tokens, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProtectedProviderTokens> kept = await context.Store.ProviderTokens.ListAsync(user, cancellationToken);
        return kept.FirstOrDefault(k => k.Provider == context.Identity.Provider && k.Subject == context.Identity.Subject) is { } before
            && seal.Open(before) is { RefreshToken: { } refreshToken } old
                ? tokens with { RefreshToken = refreshToken, Callback = tokens.Callback ?? old.Callback }
                : tokens;
    }
}
