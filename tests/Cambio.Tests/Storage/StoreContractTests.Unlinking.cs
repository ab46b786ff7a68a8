using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Lists_the_logins_of_a_user_oldest_first()
    {
        Account ada = await AddAccountAsync(NewAccount("ada", "ada@example.com"));
        await AddAccountAsync(NewAccount("bob"), ("google", "u2"));
        Login[] logins =
        [
            NewLogin(ada, "google", "u1") with { LinkedAt = Now.AddDays(-1), LastUsedAt = Later },
            NewLogin(ada, "github", "7"),
            NewLogin(ada, "google", "u0"),
        ];
        await InTransactionAsync(async transaction =>
        {
            foreach (Login login in logins.Reverse())
            {
                await transaction.Accounts.AddLoginAsync(login, CancellationToken.None);
            }
        });

        Assert.Equal(logins, await Store.ListLoginsAsync(ada.User, CancellationToken.None));
        Assert.Equal(logins, await InTransactionAsync(transaction => transaction.Accounts.LockUserAsync(ada.User, CancellationToken.None)));
    }

    [Fact]
    public async Task Unlinks_an_identity_with_its_tokens_and_nothing_else()
    {
        Account ada = await AddAccountAsync(NewAccount("ada"), ("google", "u1"), ("google", "u2"), ("github", "u1"));
        Account bob = await AddAccountAsync(NewAccount("bob"), ("google", "u3"));
        await SaveAsync(ada, "google", "u1", 1);
        await SaveAsync(ada, "google", "u2", 2);
        await SaveAsync(bob, "google", "u3", 3);

        await UnlinkAsync("google", "u1");
        await UnlinkAsync("google", "unknown");

        StoredRows rows = await RowsAsync();
        Assert.Equal(["github u1", "google u2", "google u3"], rows.Logins.Select(static login => $"{login.Provider} {login.Subject}").Order());
        Assert.Equal(["u2", "u3"], rows.ProviderTokens.Select(static tokens => tokens.Subject).Order());
        Assert.Equal(2, rows.Users);
    }

    [Fact]
    public async Task Links_an_identity_again_that_was_unlinked_without_the_tokens_of_before()
    {
        Account ada = await AddAccountAsync(NewAccount("ada"), ("google", "u1"));
        await SaveAsync(ada, "google", "u1", 1);
        await UnlinkAsync("google", "u1");

        Account bob = await AddAccountAsync(NewAccount("bob"), ("google", "u1"));

        Assert.Equal(bob, await FindByLoginAsync("google", "u1"));
        Assert.Null(await Store.FindProviderTokensAsync(bob.User, "google", null, CancellationToken.None));
    }

    [Fact]
    public async Task Lets_parallel_transactions_that_unlink_see_each_other()
    {
        for (int round = 0; round < 5; round++)
        {
            string[] subjects = [$"a{round}", $"b{round}", $"c{round}"];
            Account account = await AddAccountAsync(NewAccount($"ada{round}"), [.. subjects.Select(static subject => ("google", subject))]);

            bool[] unlinked = await Task.WhenAll(subjects.Select(subject => Task.Run(() => UnlinkUnlessLastAsync(account, subject))));

            Assert.Equal(2, unlinked.Count(static done => done));
            Assert.Single(await Store.ListLoginsAsync(account.User, CancellationToken.None));
        }
    }

    private Task UnlinkAsync(string provider, string subject) =>
        InTransactionAsync(transaction => transaction.Accounts.RemoveLoginAsync(provider, subject, CancellationToken.None));

    private Task<bool> UnlinkUnlessLastAsync(Account account, string subject) => InTransactionAsync(async transaction =>
    {
        if ((await transaction.Accounts.LockUserAsync(account.User, CancellationToken.None)).Count == 1)
        {
            return false;
        }

        await Task.Yield();
        await transaction.Accounts.RemoveLoginAsync("google", subject, CancellationToken.None);
        return true;
    });
}
