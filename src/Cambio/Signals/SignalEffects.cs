using Cambio.Providers;
using Cambio.Storage;

namespace Cambio.Signals;

/// <summary>Carries out what a signal ends. Doing it twice is doing it once.</summary>
internal static class SignalEffects
{
    /// <summary>Applies one event in the transaction; answers the user that it met, if there is one.</summary>
    public static async Task<UserRef?> ApplyAsync(
        SignalEvent happened, string provider, IStoreTransaction store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (happened.Effect == SignalEffect.None || (happened.Subject ?? happened.SessionId) is null)
        {
            return null;
        }

        Account? account = happened.Subject is { } known ? await store.Accounts.FindByLoginAsync(provider, known, cancellationToken) : null;

        // Sessions go by who opened them, so that those of an identity that was unlinked since end too.
        var opened = new SessionFilter { Provider = provider, Subject = happened.Subject, ProviderSessionId = happened.SessionId };
        await store.Sessions.EndAsync(opened, now, cancellationToken);
        if (account is not null)
        {
            await store.Sessions.EndApiTokenAsync(account.User, now, cancellationToken);
        }

        if (happened.Subject is { } subject && happened.Effect is SignalEffect.Revoke or SignalEffect.Delete)
        {
            await store.ProviderTokens.RemoveAsync(provider, subject, cancellationToken);
            if (happened.Effect == SignalEffect.Delete && account is not null)
            {
                await DeleteAsync(account, provider, subject, store, cancellationToken);
            }
        }

        return account?.User;
    }

    private static async Task DeleteAsync(
        Account account, string provider, string subject, IStoreTransaction store, CancellationToken cancellationToken)
    {
        // Of two that unlink at the same time, the second finds the first one's work done.
        IReadOnlyList<Login> logins = await store.Accounts.LockUserAsync(account.User, cancellationToken);
        Login[] others = [.. logins.Where(login => (login.Provider, login.Subject) != (provider, subject))];
        if (others.Length == logins.Count)
        {
            return;
        }

        if (others.Length == 0)
        {
            await store.Accounts.DeleteUserAsync(account.User, cancellationToken);
            return;
        }

        await store.Accounts.RemoveLoginAsync(provider, subject, cancellationToken);
        await store.Accounts.UpdateUserAsync(BorrowedProfile.Return(account, provider, others), cancellationToken);
    }
}
