using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Deletes_a_user_with_everything_that_hangs_on_it()
    {
        Account account = FullAccount(ids.Dequeue());
        await InTransactionAsync(transaction => WriteEverythingAsync(transaction, account, CancellationToken.None));

        await DeleteAsync(account.User);

        StoredRows rows = await RowsAsync();
        Assert.Equal((1, 1), (rows.Replays, rows.Codes));
        Assert.Equal(2, rows.Total);
        Assert.Null(await Store.FindUserAsync(account.User, CancellationToken.None));
        Assert.Null(await Store.FindSessionAsync("s1", CancellationToken.None));
        Assert.Null(await Store.FindRefreshTokenAsync(Hash("r1"), CancellationToken.None));
        Assert.Null(await Store.FindApiTokenAsync(Hash("a1"), CancellationToken.None));
    }

    [Fact]
    public async Task Leaves_other_users_alone_when_one_is_deleted()
    {
        Account bob = await AddAccountAsync(NewAccount("bob"));
        await InTransactionAsync(async transaction =>
        {
            await transaction.Accounts.AddLoginAsync(NewLogin(bob, "google", "u2"), CancellationToken.None);
            await transaction.ProviderTokens.SaveAsync(new(bob.User, "google", "u2", [2], null), CancellationToken.None);
            await transaction.Sessions.AddAsync(NewSession(bob, "b1"), NewToken("b1", "b1"), CancellationToken.None);
            await transaction.Sessions.AddAsync(NewSession(bob, "b2"), NewApiToken(bob, "b2", "b2"), CancellationToken.None);
        });
        Account ada = FullAccount(ids.Dequeue());
        await InTransactionAsync(transaction => WriteEverythingAsync(transaction, ada, CancellationToken.None));

        await DeleteAsync(ada.User);

        StoredRows rows = await RowsAsync();
        Assert.Equal(9, rows.Total);
        Assert.Equal(bob, await FindByLoginAsync("google", "u2"));
        Assert.Equal(bob.User, Assert.Single(rows.ProviderTokens).User);
        Assert.Equal(["b1", "b2"], rows.Sessions.Select(static session => session.Id).Order());
        Assert.Equal((1, 1), (rows.RefreshTokens, rows.ApiTokens.Count));
    }

    [Fact]
    public async Task Signs_a_deleted_user_up_again_as_somebody_new()
    {
        Account before = await AddAccountAsync(FullAccount(ids.Dequeue()), ("google", "u1"));
        await DeleteAsync(before.User);

        Account after = await AddAccountAsync(FullAccount(ids.Dequeue()), ("google", "u1"));

        Assert.Equal(after, await FindByLoginAsync("google", "u1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("0198a1b2-0000-7000-8000-000000000000")]
    [InlineData("' OR 1=1 --")]
    public async Task Finds_and_changes_nothing_for_a_user_that_it_never_named(string id)
    {
        var user = new UserRef(id);
        Account account = NewAccount("ada");
        await InTransactionAsync(transaction => WriteEverythingAsync(transaction, account, CancellationToken.None));

        await InTransactionAsync(async transaction =>
        {
            await transaction.Accounts.DeleteUserAsync(user, CancellationToken.None);
            await transaction.Accounts.WipeUserAsync(user, CancellationToken.None);
            Assert.Equal(0, await transaction.Sessions.EndAsync(new SessionFilter { User = user }, Later, CancellationToken.None));
            Assert.Null(await transaction.Sessions.FindApiTokenAsync(user, CancellationToken.None));
            Assert.Empty(await transaction.Accounts.LockUserAsync(user, CancellationToken.None));
            Assert.Empty(await transaction.ProviderTokens.ListAsync(user, CancellationToken.None));
            Assert.False(await transaction.ProviderTokens.TryReplaceAsync(new(user, "google", "u1", [9], null), [1, 2, 3], CancellationToken.None));
        });
        Assert.Empty(await Store.ListLoginsAsync(user, CancellationToken.None));
        Assert.Empty(await Store.ListSessionsAsync(user, Now, CancellationToken.None));
        Assert.Null(await Store.FindProviderTokensAsync(user, "google", null, CancellationToken.None));

        StoredRows rows = await RowsAsync();
        Assert.Equal(9, rows.Total);
        Assert.All(rows.Sessions, static session => Assert.Null(session.EndedAt));
        Assert.Equal([1, 2, 3], Assert.Single(rows.ProviderTokens).Payload);
        Assert.Equal(account, await Store.FindUserAsync(account.User, CancellationToken.None));
    }

    private Task DeleteAsync(UserRef user) =>
        InTransactionAsync(transaction => transaction.Accounts.DeleteUserAsync(user, CancellationToken.None));
}
