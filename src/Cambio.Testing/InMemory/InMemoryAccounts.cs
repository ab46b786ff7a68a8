using Cambio.Storage;

namespace Cambio.Testing.InMemory;

/// <summary>Users and logins, inside one transaction.</summary>
internal sealed class InMemoryAccounts(InMemoryTransaction transaction) : IAccountStore
{
    private InMemoryState State
    {
        get => transaction.State;
        set => transaction.State = value;
    }

    public Task<Account?> FindByLoginAsync(string provider, string subject, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(State.Logins.TryGetValue((provider, subject), out Login? login) ? State.Users[login.User.Id] : null);
    }

    public Task<Account?> FindUserAsync(UserRef user, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(State.Users.GetValueOrDefault(user.Id));
    }

    public Task<IReadOnlyList<EmailOwner>> FindByEmailAsync(string email, string provider, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<EmailOwner>>(
        [
            .. State.Users.Values
                .Where(account => HasEmail(account, email))
                .OrderByDescending(static account => account.EmailProven)
                .ThenBy(static account => account.CreatedAt)
                .ThenBy(static account => account.User.Id, StringComparer.Ordinal)
                .Take(10)
                .Select(account => new EmailOwner(account, State.Logins.Values.Any(login => login.User == account.User && login.Provider == provider))),
        ]);
    }

    public Task<bool> TryCreateUserAsync(Account account, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsUsernameTaken(account))
        {
            return Task.FromResult(false);
        }

        if (State.Users.ContainsKey(account.User.Id))
        {
            throw new StoreConflictException("The user exists already.");
        }

        Put(account);
        return Task.FromResult(true);
    }

    public UserRef NewUserId(DateTimeOffset now) => new(Guid.CreateVersion7(now).ToString("D"));

    public Task UpdateUserAsync(Account account, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (State.Users.TryGetValue(account.User.Id, out Account? before))
        {
            if (IsUsernameTaken(account))
            {
                throw new StoreConflictException("The username was taken.");
            }

            Put(account with { CreatedAt = before.CreatedAt });
        }

        return Task.CompletedTask;
    }

    public Task AddLoginAsync(Login login, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(login.Provider);
        ArgumentException.ThrowIfNullOrEmpty(login.Subject);
        cancellationToken.ThrowIfCancellationRequested();
        if (!State.Users.ContainsKey(login.User.Id))
        {
            throw new InvalidOperationException("A login needs a user that exists.");
        }

        if (State.Logins.ContainsKey((login.Provider, login.Subject)))
        {
            throw new StoreConflictException("The identity is linked already.");
        }

        State = State with { Logins = State.Logins.Add((login.Provider, login.Subject), login) };
        return Task.CompletedTask;
    }

    public Task UpdateLoginAsync(Login login, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (State.Logins.TryGetValue((login.Provider, login.Subject), out Login? before))
        {
            Login after = before with { Email = login.Email, LastUsedAt = login.LastUsedAt };
            State = State with { Logins = State.Logins.SetItem((login.Provider, login.Subject), after) };
        }

        return Task.CompletedTask;
    }

    public Task WipeUserAsync(UserRef user, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (State.Users.TryGetValue(user.Id, out Account? account))
        {
            State = State.WithoutWhatHangsOn(user) with
            {
                Users = State.Users.SetItem(user.Id, new Account { User = user, CreatedAt = account.CreatedAt, Disabled = account.Disabled }),
            };
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Login>> LockUserAsync(UserRef user, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(State.LoginsOf(user));
    }

    public Task RemoveLoginAsync(string provider, string subject, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        State = State with
        {
            Logins = State.Logins.Remove((provider, subject)),
            ProviderTokens = State.ProviderTokens.Remove((provider, subject)),
        };
        return Task.CompletedTask;
    }

    public Task DeleteUserAsync(UserRef user, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        State = State.WithoutWhatHangsOn(user) with { Users = State.Users.Remove(user.Id) };
        return Task.CompletedTask;
    }

    private static bool HasEmail(Account account, string email) =>
        account.Email is not null && EmailAddress.Normalize(account.Email) == EmailAddress.Normalize(email);

    private bool IsUsernameTaken(Account account) => account.PreferredUsername is not null
        && State.Users.Values.Any(other => other.User != account.User
            && other.PreferredUsername?.ToUpperInvariant() == account.PreferredUsername.ToUpperInvariant());

    private void Put(Account account)
    {
        if (account is { EmailProven: true, Email: { } email }
            && State.Users.Values.Any(other => other.User != account.User && other.EmailProven && HasEmail(other, email)))
        {
            throw new StoreConflictException("The proven e-mail address was taken.");
        }

        State = State with { Users = State.Users.SetItem(account.User.Id, account) };
    }
}
