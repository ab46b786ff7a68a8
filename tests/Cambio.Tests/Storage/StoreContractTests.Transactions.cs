using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Is_ready() => Assert.True(await Store.IsReadyAsync(CancellationToken.None));

    [Fact]
    public async Task Keeps_what_a_transaction_wrote_and_gives_its_value()
    {
        Account account = NewAccount("ada");

        Result<string> result = await Store.TransactAsync<string>(
            async (transaction, cancellationToken) =>
            {
                await WriteEverythingAsync(transaction, account, cancellationToken);
                return "done";
            },
            CancellationToken.None);

        Assert.Equal("done", result.Value);
        Assert.Equal(account, await Store.FindUserAsync(account.User, CancellationToken.None));
        Assert.Equal(9, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_the_work_refuses()
    {
        ExchangeError refusal = ExchangeError.SignupDisabled();
        Account account = NewAccount("ada");

        Result<string> result = await Store.TransactAsync<string>(
            async (transaction, cancellationToken) =>
            {
                await WriteEverythingAsync(transaction, account, cancellationToken);
                return refusal;
            },
            CancellationToken.None);

        Assert.Same(refusal, result.Error);
        Assert.Equal(0, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_the_work_throws()
    {
        var failure = new FormatException("broken");
        Account account = NewAccount("ada");

        Exception thrown = await Assert.ThrowsAsync<FormatException>(() => Store.TransactAsync<string>(
            async (transaction, cancellationToken) =>
            {
                await WriteEverythingAsync(transaction, account, cancellationToken);
                throw failure;
            },
            CancellationToken.None));

        Assert.Same(failure, thrown);
        Assert.Equal(0, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        Account account = NewAccount("ada");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.TransactAsync<string>(
            async (transaction, cancellationToken) =>
            {
                await WriteEverythingAsync(transaction, account, cancellationToken);
                await cancellation.CancelAsync();
                return "done";
            },
            cancellation.Token));

        Assert.Equal(0, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Does_not_run_the_work_when_it_is_cancelled_before()
    {
        bool ran = false;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.TransactAsync<bool>(
            (_, _) => Task.FromResult<Result<bool>>(ran = true), new CancellationToken(canceled: true)));

        Assert.False(ran);
    }

    [Fact]
    public async Task Runs_the_work_once_more_after_a_conflict_with_nothing_left_of_the_first_run()
    {
        Account account = NewAccount("ada");
        int runs = 0;

        await InTransactionAsync(async transaction =>
        {
            runs++;
            Assert.Null(await transaction.Accounts.FindUserAsync(account.User, CancellationToken.None));
            await WriteEverythingAsync(transaction, account, CancellationToken.None);
            if (runs == 1)
            {
                throw new StoreConflictException("lost");
            }
        });

        Assert.Equal(2, runs);
        Assert.Equal(9, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Gives_up_after_a_second_conflict()
    {
        int runs = 0;
        Account account = NewAccount("ada");

        StoreUnavailableException thrown = await Assert.ThrowsAsync<StoreUnavailableException>(() => InTransactionAsync(async transaction =>
        {
            runs++;
            await WriteEverythingAsync(transaction, account, CancellationToken.None);
            throw new StoreConflictException("lost");
        }));

        Assert.IsType<StoreConflictException>(thrown.InnerException);
        Assert.Equal(2, runs);
        Assert.Equal(0, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Shows_a_transaction_its_own_writes_and_hides_them_from_others_until_the_end()
    {
        Account account = NewAccount("ada");

        await InTransactionAsync(async transaction =>
        {
            await transaction.Accounts.TryCreateUserAsync(account, CancellationToken.None);
            Assert.Equal(account, await transaction.Accounts.FindUserAsync(account.User, CancellationToken.None));
            Assert.Null(await Store.FindUserAsync(account.User, CancellationToken.None));
        });

        Assert.Equal(account, await Store.FindUserAsync(account.User, CancellationToken.None));
    }

    [Fact]
    public async Task Makes_one_user_of_twenty_parallel_exchanges_of_one_new_identity()
    {
        string[] users = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => FindOrCreateAsync(Store, $"ada{number}"))));

        Assert.Single(users.Distinct());
        StoredRows rows = await RowsAsync();
        Assert.Equal(1, rows.Users);
        Assert.Single(rows.Logins);
    }

    private protected static async Task<string> FindOrCreateAsync(IStore store, string username)
    {
        Result<UserRef> user = await store.TransactAsync<UserRef>(
            async (transaction, cancellationToken) =>
            {
                if (await transaction.Accounts.FindByLoginAsync("google", "u1", cancellationToken) is { } known)
                {
                    return known.User;
                }

                Account account = new() { User = transaction.Accounts.NewUserId(Now), PreferredUsername = username, CreatedAt = Now };
                Assert.True(await transaction.Accounts.TryCreateUserAsync(account, cancellationToken));
                await transaction.Accounts.AddLoginAsync(NewLogin(account, "google", "u1"), cancellationToken);
                return account.User;
            },
            CancellationToken.None);
        return user.Value.Id;
    }

    private protected static async Task WriteEverythingAsync(IStoreTransaction transaction, Account account, CancellationToken cancellationToken)
    {
        Assert.True(await transaction.Accounts.TryCreateUserAsync(account, cancellationToken));
        await transaction.Accounts.AddLoginAsync(NewLogin(account, "google", "u1"), cancellationToken);
        await transaction.ProviderTokens.SaveAsync(new(account.User, "google", "u1", [1, 2, 3], null), cancellationToken);
        await transaction.Sessions.AddAsync(NewSession(account, "s1"), NewToken("r1", "s1"), cancellationToken);
        await transaction.Sessions.AddAsync(NewSession(account, "s2"), NewApiToken(account, "a1", "s2"), cancellationToken);
        Assert.True(await transaction.Replays.TryAddAsync("spent", Now, cancellationToken));
        await transaction.Codes.AddAsync(NewCode("c1"), cancellationToken);
    }
}
