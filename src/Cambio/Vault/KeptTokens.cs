using Cambio.Storage;
using Cambio.Telemetry;
using Microsoft.Extensions.Logging;

namespace Cambio.Vault;

/// <summary>The tokens in the store: found, opened, and replaced if nobody else did that meanwhile.</summary>
internal sealed class KeptTokens(IStore store, ProviderTokenSeal seal, ILogger<KeptTokens> logger)
{
    /// <summary>The tokens; <c>not_found</c> when none are kept, or they cannot be opened here.</summary>
    public async Task<Result<Kept>> FindAsync(UserRef user, string provider, string? subject, CancellationToken cancellationToken)
    {
        if (await store.FindProviderTokensAsync(user, provider, subject, cancellationToken) is not { } kept)
        {
            return ExchangeError.NotFound("provider_token_not_kept");
        }

        if (seal.Open(kept, out bool isOldKey) is { } tokens)
        {
            return new Kept(kept, tokens, isOldKey);
        }

        Log.ProviderTokensUnreadable(logger, provider);
        return ExchangeError.NotFound("provider_token_unreadable");
    }

    /// <summary>Keeps new tokens in place of those that were read; false when those are not there any more.</summary>
    public async Task<bool> TryReplaceAsync(Kept read, ProviderTokens tokens, CancellationToken cancellationToken)
    {
        ProtectedProviderTokens was = read.Sealed;
        ProtectedProviderTokens now = seal.Seal(was.User, was.Provider, was.Subject, tokens);
        Result<bool> replaced = await store.TransactAsync<bool>(
            async (transaction, ct) => await transaction.ProviderTokens.TryReplaceAsync(now, was.Payload, ct), cancellationToken);
        return replaced is { IsSuccess: true, Value: true };
    }
}

/// <summary>One login's tokens as they were read.</summary>
/// <param name="Sealed">As the store has them.</param>
/// <param name="Tokens">Opened.</param>
/// <param name="IsOldKey">They were sealed with a key that seals nothing any more.</param>
internal sealed record Kept(ProtectedProviderTokens Sealed, ProviderTokens Tokens, bool IsOldKey)
{
    public override string ToString() => Sealed.ToString();
}
