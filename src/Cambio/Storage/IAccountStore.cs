namespace Cambio.Storage;

/// <summary>Users and logins, inside one transaction.</summary>
public interface IAccountStore
{
    /// <summary>The account that this identity is linked to, or null. One query.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="subject">The provider's id of the user, compared byte for byte.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<Account?> FindByLoginAsync(string provider, string subject, CancellationToken cancellationToken);

    /// <summary>The user's account, or null.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<Account?> FindUserAsync(UserRef user, CancellationToken cancellationToken);

    /// <summary>Up to ten accounts with this address, proven ones first; compared as <see cref="EmailAddress.Normalize"/> writes it.</summary>
    /// <param name="email">The address.</param>
    /// <param name="provider">The provider in question, for <see cref="EmailOwner.HasLoginAtProvider"/>.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<IReadOnlyList<EmailOwner>> FindByEmailAsync(string email, string provider, CancellationToken cancellationToken);

    /// <summary>Adds the user, or answers false and adds nothing when the username is taken.</summary>
    /// <param name="account">The new account, its id chosen by <see cref="NewUserId"/>.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <exception cref="StoreConflictException">Its proven e-mail was taken meanwhile.</exception>
    Task<bool> TryCreateUserAsync(Account account, CancellationToken cancellationToken);

    /// <summary>A new id in the store's own form, ordered by time where the form allows.</summary>
    /// <param name="now">The time, UTC.</param>
    UserRef NewUserId(DateTimeOffset now);

    /// <summary>Writes the account's profile, address and flags over what is there.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <exception cref="StoreConflictException">Its proven e-mail or its username was taken meanwhile.</exception>
    Task UpdateUserAsync(Account account, CancellationToken cancellationToken);

    /// <summary>Links an identity.</summary>
    /// <param name="login">The link.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <exception cref="StoreConflictException">The identity was linked meanwhile.</exception>
    Task AddLoginAsync(Login login, CancellationToken cancellationToken);

    /// <summary>Notes that a login was used, with the address that the provider gave.</summary>
    /// <param name="login">The link, with its new values.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    Task UpdateLoginAsync(Login login, CancellationToken cancellationToken);

    /// <summary>Removes everything that hangs on a user: logins, sessions, provider tokens. The user stays, its profile emptied.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    Task WipeUserAsync(UserRef user, CancellationToken cancellationToken);

    /// <summary>
    /// Locks the user until the transaction ends, so that two that change one account at the same time see each other, and answers the
    /// user's logins, oldest first.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<IReadOnlyList<Login>> LockUserAsync(UserRef user, CancellationToken cancellationToken);

    /// <summary>Unlinks an identity, and forgets the provider's tokens that were kept for it.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="subject">The provider's id of the user.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    Task RemoveLoginAsync(string provider, string subject, CancellationToken cancellationToken);

    /// <summary>Deletes the user and everything that hangs on it: logins, sessions, provider tokens.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    Task DeleteUserAsync(UserRef user, CancellationToken cancellationToken);
}
