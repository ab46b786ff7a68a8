using Cambio.Providers;
using Cambio.Storage;
using Microsoft.Extensions.Options;

namespace Cambio.Vault;

/// <summary>One refresh from beginning to end: read, lease, ask, write if nobody else did.</summary>
internal sealed class TokenRenewal(
    KeptTokens kept,
    RefreshLease lease,
    TokenRefresh refresh,
    ProviderTokenSeal seal,
    ProviderTokenRevoker revoker,
    IOptions<CambioOptions> options,
    TimeProvider time)
{
    // What an answer that is on its way may take, and clocks that differ.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    // A token that renews itself must be renewed before it ends; whoever uses it once a week never has to sign in again.
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    private static readonly TimeSpan AheadEvery = TimeSpan.FromHours(1);

    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1)];

    /// <summary>Whether the provider has to be asked before the tokens are used.</summary>
    public bool IsDue(Provider provider, ProviderTokens tokens) =>
        !IsGood(tokens) || (TokenRefresh.RenewsItself(provider) && tokens.ExpiresAt <= time.GetUtcNow() + Ahead);

    /// <summary>Tokens that are good now.</summary>
    public async Task<Result<ProviderTokens>> RunAsync(Provider provider, UserRef user, string subject)
    {
        // Whoever finished a moment ago may have done it all.
        Result<Kept> read = await kept.FindAsync(user, provider.Id, subject, CancellationToken.None);
        if (!read.IsSuccess)
        {
            return read.Error;
        }

        ProviderTokens tokens = read.Value.Tokens;
        if (!IsDue(provider, tokens))
        {
            return tokens;
        }

        Result<ProviderTokens> renewed = await RenewAsync(provider, read.Value);
        return renewed.IsSuccess || !IsGood(tokens) ? renewed : tokens;
    }

    private async Task<Result<ProviderTokens>> RenewAsync(Provider provider, Kept read)
    {
        if (!TokenRefresh.CanAsk(provider, read.Tokens, time.GetUtcNow()))
        {
            return ExchangeError.InvalidGrant("provider_token_expired");
        }

        bool isGood = IsGood(read.Tokens);
        if (!await lease.TakeAsync(read.Sealed.Payload, isGood ? AheadEvery : RefreshLease.Usual, CancellationToken.None))
        {
            return isGood ? read.Tokens : await AwaitOtherAsync(provider, read.Sealed);
        }

        Result<ProviderTokens> asked = await AskAsync(provider, read.Tokens);
        if (asked.Error is { Reason: TokenRefresh.Dead })
        {
            await kept.TryReplaceAsync(read, read.Tokens with { RefreshToken = null }, CancellationToken.None);
        }

        return asked.IsSuccess ? await KeepAsync(read, asked.Value) : asked.Error;
    }

    private async Task<Result<ProviderTokens>> AskAsync(Provider provider, ProviderTokens tokens)
    {
        using var timeout = new CancellationTokenSource(options.Value.Http.Timeout, time);
        try
        {
            return await refresh.AskAsync(provider, tokens, timeout.Token);
        }
        catch (OperationCanceledException)
        {
            return ExchangeError.TemporarilyUnavailable("provider_timeout");
        }
    }

    private async Task<Result<ProviderTokens>> KeepAsync(Kept read, ProviderTokens fresh)
    {
        if (await TryKeepAsync(read, fresh))
        {
            return fresh;
        }

        // A sign-in came between, or the login is gone: what is kept counts.
        Result<Kept> other = await kept.FindAsync(read.Sealed.User, read.Sealed.Provider, read.Sealed.Subject, CancellationToken.None);
        if (other.Error is { Code: ErrorCodes.NotFound })
        {
            // Whoever unlinked it revoked the tokens of before; these nobody else knows of.
            (UserRef user, string provider, string subject) = (read.Sealed.User, read.Sealed.Provider, read.Sealed.Subject);
            await revoker.RevokeAsync([seal.Seal(user, provider, subject, fresh)], CancellationToken.None);
        }

        return !other.IsSuccess ? other.Error
            : IsGood(other.Value.Tokens) ? other.Value.Tokens
            : ExchangeError.TemporarilyUnavailable("provider_token_contested");
    }

    // The old refresh token may be spent by now: a store that is busy for a second must not cost the grant.
    private async Task<bool> TryKeepAsync(Kept read, ProviderTokens fresh)
    {
        foreach (TimeSpan wait in Waits)
        {
            try
            {
                return await kept.TryReplaceAsync(read, fresh, CancellationToken.None);
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(wait, time);
            }
        }

        return await kept.TryReplaceAsync(read, fresh, CancellationToken.None);
    }

    private async Task<Result<ProviderTokens>> AwaitOtherAsync(Provider provider, ProtectedProviderTokens was)
    {
        foreach (TimeSpan wait in Waits)
        {
            await Task.Delay(wait, time);
            Result<Kept> now = await kept.FindAsync(was.User, was.Provider, was.Subject, CancellationToken.None);
            if (!now.IsSuccess || IsGood(now.Value.Tokens))
            {
                return now.IsSuccess ? now.Value.Tokens : now.Error;
            }

            if (!TokenRefresh.CanAsk(provider, now.Value.Tokens, time.GetUtcNow()))
            {
                return ExchangeError.InvalidGrant("provider_token_expired");
            }
        }

        return ExchangeError.TemporarilyUnavailable("provider_refresh_under_way");
    }

    private bool IsGood(ProviderTokens tokens) => tokens.ExpiresAt is not { } end || end > time.GetUtcNow() + Margin;
}
