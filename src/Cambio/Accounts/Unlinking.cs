using Cambio.Storage;
using Cambio.Vault;

namespace Cambio.Accounts;

/// <summary>Takes identities away from an account, and with each what hangs on it: its sessions and the provider's tokens.</summary>
internal sealed class Unlinking(IStore store, ProviderTokenRevoker revoker, TimeProvider time)
{
    /// <summary>Unlinks; <c>not_found</c> when the user has no such login, <c>last_login_method</c> when none would stay.</summary>
    /// <param name="caller">The session that asks, which goes on whichever identity opened it, unless it is that of an API token.</param>
    /// <param name="provider">The provider's id.</param>
    /// <param name="subject">One identity there; null for all.</param>
    /// <param name="cancellationToken">Ends the work; nothing is written.</param>
    /// <returns>How many identities were unlinked.</returns>
    public async Task<Result<int>> UnlinkAsync(Session caller, string provider, string? subject, CancellationToken cancellationToken)
    {
        Result<Unlinked> unlinked = await store.TransactAsync(
            (transaction, cancel) => UnlinkAsync(transaction, caller, provider, subject, cancel), cancellationToken);
        if (!unlinked.IsSuccess)
        {
            return unlinked.Error;
        }

        // It is done: the caller's leaving must not stop what follows from it.
        await revoker.RevokeAsync(unlinked.Value.Tokens, CancellationToken.None);
        return unlinked.Value.Count;
    }

    private async Task<Result<Unlinked>> UnlinkAsync(
        IStoreTransaction transaction, Session caller, string provider, string? subject, CancellationToken cancellationToken)
    {
        IAccountStore accounts = transaction.Accounts;
        Result<UnlinkPlan> decided = UnlinkPlan.Decide(await accounts.LockUserAsync(caller.User, cancellationToken), provider, subject);
        if (!decided.IsSuccess)
        {
            return decided.Error;
        }

        UnlinkPlan plan = decided.Value;
        IReadOnlyList<ProtectedProviderTokens> kept = await transaction.ProviderTokens.ListAsync(caller.User, cancellationToken);
        foreach (Login login in plan.Leaving)
        {
            await accounts.RemoveLoginAsync(login.Provider, login.Subject, cancellationToken);
        }

        foreach (SessionFilter sessions in plan.Sessions(caller.User, except: caller.Id))
        {
            await transaction.Sessions.EndAsync(sessions, time.GetUtcNow(), cancellationToken);
        }

        await transaction.Sessions.EndApiTokenAsync(caller.User, time.GetUtcNow(), cancellationToken);
        if (await accounts.FindUserAsync(caller.User, cancellationToken) is { } account && plan.Settle(account) is var settled && settled != account)
        {
            await accounts.UpdateUserAsync(settled, cancellationToken);
        }

        return new Unlinked(plan.Leaving.Count, [.. kept.Where(tokens => plan.Leaving.Any(login => (login.Provider, login.Subject) == (tokens.Provider, tokens.Subject)))]);
    }

    private sealed record Unlinked(int Count, IReadOnlyList<ProtectedProviderTokens> Tokens);
}
