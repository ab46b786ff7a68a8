using Cambio.Storage;

namespace Cambio.Accounts;

/// <summary>Edits a profile for its user, whole or not at all.</summary>
internal sealed class ProfileEditor(IStore store)
{
    private static readonly ExchangeError UsernameTaken =
        ExchangeError.InvalidRequest("preferred_username is taken: choose another one.", "username_taken");

    /// <summary>The account as it is then; <c>invalid_request</c> that names the claim which cannot be set so.</summary>
    public Task<Result<Account>> EditAsync(UserRef user, IReadOnlyDictionary<string, string?> wishes, CancellationToken cancellationToken) =>
        store.TransactAsync((transaction, cancel) => EditAsync(transaction.Accounts, user, wishes, cancel), cancellationToken);

    private static async Task<Result<Account>> EditAsync(
        IAccountStore accounts, UserRef user, IReadOnlyDictionary<string, string?> wishes, CancellationToken cancellationToken)
    {
        // Of two edits at the same time the second must not write over what the first has set.
        await accounts.LockUserAsync(user, cancellationToken);
        if (await accounts.FindUserAsync(user, cancellationToken) is not { } account)
        {
            return ExchangeError.InvalidToken("account_gone");
        }

        Result<Account> edited = ProfileEdit.Apply(account, wishes);
        if (!edited.IsSuccess || edited.Value == account)
        {
            return edited;
        }

        try
        {
            await accounts.UpdateUserAsync(edited.Value, cancellationToken);
            return edited;
        }
        catch (StoreConflictException) when (edited.Value.PreferredUsername != account.PreferredUsername)
        {
            // The address did not move, so it was the username; running the work again would collide again.
            return UsernameTaken;
        }
    }
}
