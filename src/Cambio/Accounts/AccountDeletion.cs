using Cambio.Storage;
using Cambio.Vault;

namespace Cambio.Accounts;

/// <summary>Deletes an account with all that hangs on it. Whoever signs in with the same identity afterwards gets a new, empty one.</summary>
internal sealed class AccountDeletion(IStore store, ProviderTokenRevoker revoker)
{
    /// <summary>Deletes; <c>invalid_token</c> when a parallel call has.</summary>
    public async Task<Result<UserRef>> DeleteAsync(UserRef user, CancellationToken cancellationToken)
    {
        Result<ProtectedProviderTokens[]> deleted = await store.TransactAsync<ProtectedProviderTokens[]>(
            async (transaction, cancel) =>
            {
                if (await transaction.Accounts.FindUserAsync(user, cancel) is null)
                {
                    return ExchangeError.InvalidToken("account_gone");
                }

                ProtectedProviderTokens[] kept = [.. await transaction.ProviderTokens.ListAsync(user, cancel)];
                await transaction.Accounts.DeleteUserAsync(user, cancel);
                return kept;
            },
            cancellationToken);
        if (!deleted.IsSuccess)
        {
            return deleted.Error;
        }

        // It is done: the caller's leaving must not stop what follows from it.
        await revoker.RevokeAsync(deleted.Value, CancellationToken.None);
        return user;
    }
}
