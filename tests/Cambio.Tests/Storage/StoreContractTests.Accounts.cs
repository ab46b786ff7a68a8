using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Gives_an_account_back_as_it_was_written()
    {
        Account account = FullAccount(NewAccount().User);

        await AddAccountAsync(account);

        Assert.Equal(account, await Store.FindUserAsync(account.User, CancellationToken.None));
        Assert.Equal(account, await AskAsync(transaction => transaction.Accounts.FindUserAsync(account.User, CancellationToken.None)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("0198a1b2-0000-7000-8000-000000000000")]
    [InlineData("' OR 1=1 --")]
    public async Task Finds_no_user_by_an_id_that_it_never_gave(string id)
    {
        await AddAccountAsync(NewAccount("ada"));

        Assert.Null(await Store.FindUserAsync(new UserRef(id), CancellationToken.None));
    }

    [Fact]
    public void Orders_new_ids_by_time()
    {
        string[] inOrder = [.. ids.Select(static id => id.Id)];

        Assert.Equal(inOrder.Order(StringComparer.Ordinal), inOrder);
        Assert.Equal(20, inOrder.Distinct().Count());
    }

    [Theory]
    [InlineData("ada", "ada")]
    [InlineData("ada", "ADA")]
    [InlineData("Émile", "éMILE")]
    public async Task Refuses_a_taken_username_and_the_transaction_goes_on(string first, string second)
    {
        await AddAccountAsync(NewAccount(first));
        Account account = NewAccount(second);

        await InTransactionAsync(async transaction =>
        {
            Assert.False(await transaction.Accounts.TryCreateUserAsync(account, CancellationToken.None));
            Assert.Null(await transaction.Accounts.FindUserAsync(account.User, CancellationToken.None));
            Assert.True(await transaction.Accounts.TryCreateUserAsync(account with { PreferredUsername = "other" }, CancellationToken.None));
        });

        Assert.Equal(2, (await RowsAsync()).Users);
        Assert.Equal("other", (await Store.FindUserAsync(account.User, CancellationToken.None))?.PreferredUsername);
    }

    [Fact]
    public async Task Opens_any_number_of_accounts_without_a_username()
    {
        await AddAccountAsync(NewAccount());
        await AddAccountAsync(NewAccount());

        Assert.Equal(2, (await RowsAsync()).Users);
    }

    [Fact]
    public async Task Reports_a_conflict_when_a_new_account_has_a_proven_address_that_is_taken()
    {
        await AddAccountAsync(NewAccount("ada", "ada@example.com", proven: true));
        Account account = NewAccount("eve", "ADA@example.com", proven: true);

        await AssertConflictAsync(transaction => transaction.Accounts.TryCreateUserAsync(account, CancellationToken.None));

        Assert.Equal(1, (await RowsAsync()).Users);
    }

    [Fact]
    public async Task Lets_accounts_share_an_address_that_at_most_one_of_them_has_proven()
    {
        await AddAccountAsync(NewAccount("a", "ada@example.com", proven: true));
        await AddAccountAsync(NewAccount("b", "ada@example.com"));
        await AddAccountAsync(NewAccount("c", "ada@example.com"));

        Assert.Equal(3, (await RowsAsync()).Users);
    }

    [Fact]
    public async Task Updates_everything_but_the_time_of_creation()
    {
        Account before = await AddAccountAsync(NewAccount("ada", "ada@example.com", proven: true));
        Account other = await AddAccountAsync(NewAccount("bob"));
        Account after = FullAccount(before.User) with { CreatedAt = Now.AddYears(1), Disabled = true };

        await InTransactionAsync(transaction => transaction.Accounts.UpdateUserAsync(after, CancellationToken.None));

        Assert.Equal(after with { CreatedAt = Now }, await Store.FindUserAsync(before.User, CancellationToken.None));
        Assert.Equal(other, await Store.FindUserAsync(other.User, CancellationToken.None));
    }

    [Fact]
    public async Task Frees_a_username_and_an_address_that_an_account_gives_up()
    {
        Account first = await AddAccountAsync(NewAccount("ada", "ada@example.com", proven: true));

        await InTransactionAsync(transaction =>
            transaction.Accounts.UpdateUserAsync(first with { PreferredUsername = "lovelace", Email = null, EmailProven = false }, CancellationToken.None));
        await AddAccountAsync(NewAccount("ada", "ada@example.com", proven: true));

        Assert.Equal(2, (await RowsAsync()).Users);
    }

    [Theory]
    [InlineData("ADA", "other@example.com")]
    [InlineData("other", "Ada@Example.com")]
    public async Task Reports_a_conflict_when_an_update_takes_what_another_account_has(string username, string email)
    {
        await AddAccountAsync(NewAccount("ada", "ada@example.com", proven: true));
        Account bob = await AddAccountAsync(NewAccount("bob", "bob@example.com", proven: true));

        await AssertConflictAsync(transaction =>
            transaction.Accounts.UpdateUserAsync(bob with { PreferredUsername = username, Email = email }, CancellationToken.None));

        Assert.Equal(bob, await Store.FindUserAsync(bob.User, CancellationToken.None));
    }

    [Fact]
    public async Task Empties_an_account_that_is_wiped_and_leaves_the_others_alone()
    {
        Account ada = await AddAccountAsync(FullAccount(NewAccount().User) with { Disabled = true }, ("google", "u1"), ("github", "7"));
        Account bob = await AddAccountAsync(NewAccount("bob"), ("google", "u2"));
        await InTransactionAsync(async transaction =>
        {
            await transaction.ProviderTokens.SaveAsync(new(ada.User, "google", "u1", [1], null), CancellationToken.None);
            await transaction.ProviderTokens.SaveAsync(new(bob.User, "google", "u2", [2], null), CancellationToken.None);
            await transaction.Sessions.AddAsync(NewSession(ada, "s1"), NewToken("r1", "s1"), CancellationToken.None);
            await transaction.Sessions.AddAsync(NewSession(bob, "s2"), NewToken("r2", "s2"), CancellationToken.None);
            await transaction.Sessions.AddAsync(NewSession(ada, "s3"), NewApiToken(ada, "a1", "s3"), CancellationToken.None);
        });

        await InTransactionAsync(transaction => transaction.Accounts.WipeUserAsync(ada.User, CancellationToken.None));

        Assert.Equal(
            new Account { User = ada.User, CreatedAt = Now, Disabled = true }, await Store.FindUserAsync(ada.User, CancellationToken.None));
        StoredRows rows = await RowsAsync();
        Assert.Equal("u2", Assert.Single(rows.Logins).Subject);
        Assert.Equal("s2", Assert.Single(rows.Sessions).Id);
        Assert.Equal("u2", Assert.Single(rows.ProviderTokens).Subject);
        Assert.Equal(1, rows.RefreshTokens);
        Assert.Empty(rows.ApiTokens);
        Assert.Equal(bob, await Store.FindUserAsync(bob.User, CancellationToken.None));
    }

    private protected static Account FullAccount(UserRef user) => new()
    {
        User = user,
        PreferredUsername = "Ada",
        Name = "Ada Lovelace",
        GivenName = "Ada",
        FamilyName = "Lovelace",
        Email = "Ada@Example.com",
        EmailVerified = true,
        EmailProven = true,
        Picture = "https://example.com/ada.png",
        Locale = "en-GB",
        Profile = "https://example.com/ada",
        ProfileSource = "google",
        Edited = "name picture",
        AcceptedTerms = "2026-01",
        CreatedAt = Now,
    };

    private async Task AssertConflictAsync(Func<IStoreTransaction, Task> statement)
    {
        // The statement conflicts in both runs.
        StoreUnavailableException thrown = await Assert.ThrowsAsync<StoreUnavailableException>(() => InTransactionAsync(statement));
        Assert.IsType<StoreConflictException>(thrown.InnerException);
    }
}
