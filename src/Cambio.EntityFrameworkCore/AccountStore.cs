using Cambio.EntityFrameworkCore.Tables;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>Users and logins, inside one transaction.</summary>
internal sealed class AccountStore(DbContext context, IDatabaseEngine engine, StoreQueries queries) : IAccountStore
{
    public async Task<Account?> FindByLoginAsync(string provider, string subject, CancellationToken cancellationToken)
    {
        UserRow? user = await engine.GuardAsync(() => queries.UserByLogin(context, provider, subject, cancellationToken));
        return user?.ToAccount();
    }

    public async Task<Account?> FindUserAsync(UserRef user, CancellationToken cancellationToken)
    {
        if (UserKey.TryParse(user) is not { } id)
        {
            return null;
        }

        UserRow? row = await engine.GuardAsync(() => queries.User(context, id, cancellationToken));
        return row?.ToAccount();
    }

    public Task<IReadOnlyList<EmailOwner>> FindByEmailAsync(string email, string provider, CancellationToken cancellationToken) =>
        engine.GuardAsync<IReadOnlyList<EmailOwner>>(async () =>
        {
            List<EmailOwner> owners = [];
            await foreach (EmailOwnerRow row in queries.UsersByEmail(context, EmailAddress.Normalize(email), provider).WithCancellation(cancellationToken))
            {
                owners.Add(new EmailOwner(row.User.ToAccount(), row.HasLoginAtProvider));
            }

            return owners;
        });

    public async Task<bool> TryCreateUserAsync(Account account, CancellationToken cancellationToken) =>
        await engine.GuardAsync(() => context.InsertAsync(
            UserRow.From(account), " ON CONFLICT (normalized_username) DO NOTHING", cancellationToken)) == 1;

    public UserRef NewUserId(DateTimeOffset now) => UserKey.Write(Guid.CreateVersion7(now));

    public Task UpdateUserAsync(Account account, CancellationToken cancellationToken)
    {
        UserRow row = UserRow.From(account);
        return engine.GuardAsync(() => context.Set<UserRow>().Where(user => user.Id == row.Id).ExecuteUpdateAsync(
            update => update
                .SetProperty(static user => user.PreferredUsername, row.PreferredUsername)
                .SetProperty(static user => user.NormalizedUsername, row.NormalizedUsername)
                .SetProperty(static user => user.Name, row.Name)
                .SetProperty(static user => user.GivenName, row.GivenName)
                .SetProperty(static user => user.FamilyName, row.FamilyName)
                .SetProperty(static user => user.Email, row.Email)
                .SetProperty(static user => user.NormalizedEmail, row.NormalizedEmail)
                .SetProperty(static user => user.EmailVerified, row.EmailVerified)
                .SetProperty(static user => user.EmailProven, row.EmailProven)
                .SetProperty(static user => user.Picture, row.Picture)
                .SetProperty(static user => user.Locale, row.Locale)
                .SetProperty(static user => user.Profile, row.Profile)
                .SetProperty(static user => user.ProfileSource, row.ProfileSource)
                .SetProperty(static user => user.Edited, row.Edited)
                .SetProperty(static user => user.AcceptedTerms, row.AcceptedTerms)
                .SetProperty(static user => user.Disabled, row.Disabled),
            cancellationToken));
    }

    public Task AddLoginAsync(Login login, CancellationToken cancellationToken) =>
        engine.GuardAsync(() => context.InsertAsync(LoginRow.From(login), "", cancellationToken));

    public Task UpdateLoginAsync(Login login, CancellationToken cancellationToken) =>
        engine.GuardAsync(() => context.Set<LoginRow>()
            .Where(row => row.Provider == login.Provider && row.Subject == login.Subject)
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(static row => row.Email, login.Email)
                    .SetProperty(static row => row.LastUsedAt, login.LastUsedAt),
                cancellationToken));

    public async Task WipeUserAsync(UserRef user, CancellationToken cancellationToken)
    {
        if (UserKey.TryParse(user) is not { } id)
        {
            return;
        }

        await engine.GuardAsync(() => context.Set<ProviderTokenRow>().Where(row => row.UserId == id).ExecuteDeleteAsync(cancellationToken));
        await engine.GuardAsync(() => context.Set<LoginRow>().Where(row => row.UserId == id).ExecuteDeleteAsync(cancellationToken));
        await engine.GuardAsync(() => context.Set<SessionRow>().Where(row => row.UserId == id).ExecuteDeleteAsync(cancellationToken));
        if (await FindUserAsync(user, cancellationToken) is { } account)
        {
            Account emptied = new() { User = account.User, CreatedAt = account.CreatedAt, Disabled = account.Disabled };
            await UpdateUserAsync(emptied, cancellationToken);
        }
    }

    // The user needs no lock of its own here: the transaction holds the only right to write.
    // SQLite: the transaction holds the only right to write, so that the lock is there already.
    public Task<IReadOnlyList<Login>> LockUserAsync(UserRef user, CancellationToken cancellationToken) =>
        engine.GuardAsync(() => context.LoginsAsync(user, cancellationToken));

    // What hangs on the row goes with it, here and in the next: the foreign keys cascade.
    public Task RemoveLoginAsync(string provider, string subject, CancellationToken cancellationToken) =>
        engine.GuardAsync(() => context.Set<LoginRow>()
            .Where(row => row.Provider == provider && row.Subject == subject)
            .ExecuteDeleteAsync(cancellationToken));

    public async Task DeleteUserAsync(UserRef user, CancellationToken cancellationToken)
    {
        if (UserKey.TryParse(user) is { } id)
        {
            await engine.GuardAsync(() => context.Set<UserRow>().Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken));
        }
    }
}
