using Cambio.Storage;

namespace Cambio.Tests.Storage;

/// <summary>Sessions without tokens.</summary>
public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Finds_and_lists_a_session_without_tokens_as_it_was_opened()
    {
        Account account = await AddAccountAsync(FullAccount(ids.Dequeue()));

        await OpenBareAsync(account, "s1");

        Assert.Equal(new SessionLookup(NewSession(account, "s1"), account), await Store.FindSessionAsync("s1", CancellationToken.None));
        Assert.Equal([NewSession(account, "s1")], await Store.ListSessionsAsync(account.User, Later, CancellationToken.None));
        StoredRows rows = await RowsAsync();
        Assert.Equal((1, 0, 0), (rows.Sessions.Count, rows.RefreshTokens, rows.ApiTokens.Count));
    }

    [Fact]
    public async Task Ends_a_session_without_tokens_and_no_other()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));
        await OpenBareAsync(account, "s1");
        await OpenBareAsync(account, "s2");

        Assert.Equal(1, await EndAsync(new SessionFilter { Id = "s1", User = account.User }, Later));

        Assert.Equal(Later, (await Store.FindSessionAsync("s1", CancellationToken.None))?.Session.EndedAt);
        Assert.Null((await Store.FindSessionAsync("s2", CancellationToken.None))?.Session.EndedAt);
    }

    [Fact]
    public async Task Deletes_a_session_without_tokens_with_its_user()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));
        await OpenBareAsync(account, "s1");

        await DeleteAsync(account.User);

        Assert.Equal(0, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Refuses_a_session_without_tokens_of_a_user_that_does_not_exist()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => OpenBareAsync(NewAccount(), "s1"));

        Assert.Equal(0, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Keeps_no_session_without_tokens_of_a_transaction_that_refuses()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));

        await Store.TransactAsync<bool>(
            async (transaction, cancellationToken) =>
            {
                await transaction.Sessions.AddAsync(NewSession(account, "s1"), cancellationToken);
                return ExchangeError.SignupDisabled();
            },
            CancellationToken.None);

        Assert.Empty((await RowsAsync()).Sessions);
    }

    private Task OpenBareAsync(Account account, string session) =>
        InTransactionAsync(transaction => transaction.Sessions.AddAsync(NewSession(account, session), CancellationToken.None));
}
