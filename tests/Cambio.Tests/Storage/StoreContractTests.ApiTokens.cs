using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Leads_from_an_API_token_to_its_session_and_user()
    {
        Account account = await AddAccountAsync(FullAccount(ids.Dequeue()));
        await GiveAsync(account, "a1", "s1");

        Assert.Equal(
            new SessionLookup(NewSession(account, "s1"), account), await Store.FindApiTokenAsync(Hash("a1"), CancellationToken.None));
        Assert.Null(await Store.FindApiTokenAsync(Hash("a2"), CancellationToken.None));
        Assert.Null(await Store.FindApiTokenAsync([], CancellationToken.None));
    }

    [Fact]
    public async Task Finds_the_API_token_of_a_user_as_it_was_kept()
    {
        Account ada = await AddAccountAsync(NewAccount("ada"));
        Account bob = await AddAccountAsync(NewAccount("bob"));
        await GiveAsync(ada, "a1", "s1");

        ProtectedApiToken? found = await FindApiTokenAsync(ada.User);

        Assert.NotNull(found);
        Assert.Equal((ada.User, "s1"), (found.User, found.SessionId));
        Assert.Equal(Hash("a1"), found.Hash);
        Assert.Equal([7, 7], found.Payload);
        Assert.Null(await FindApiTokenAsync(bob.User));
    }

    [Fact]
    public async Task Reports_a_conflict_when_the_user_has_an_API_token_already()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));
        await GiveAsync(account, "a1", "s1");

        await AssertConflictAsync(transaction =>
            transaction.Sessions.AddAsync(NewSession(account, "s2"), NewApiToken(account, "a2", "s2"), CancellationToken.None));

        StoredRows rows = await RowsAsync();
        Assert.Equal("s1", Assert.Single(rows.Sessions).Id);
        Assert.Equal("s1", Assert.Single(rows.ApiTokens).SessionId);
    }

    [Fact]
    public async Task Refuses_a_session_with_an_API_token_for_a_user_that_does_not_exist()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => GiveAsync(NewAccount(), "a1", "s1"));

        Assert.Equal(0, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Gives_twenty_parallel_sign_ins_of_one_user_the_same_API_token()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));

        string[] sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => GiveOrFindAsync(account, number))));

        Assert.Single(sessions.Distinct());
        Assert.Equal(sessions[0], Assert.Single((await RowsAsync()).ApiTokens).SessionId);
    }

    [Fact]
    public async Task Gives_a_new_API_token_once_the_session_of_the_last_one_has_ended()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));
        await GiveAsync(account, "a1", "s1");
        await EndAsync(new SessionFilter { Id = "s1" }, Later);
        Assert.Null(await FindApiTokenAsync(account.User));

        await GiveAsync(account, "a2", "s2");

        Assert.Null(await Store.FindApiTokenAsync(Hash("a1"), CancellationToken.None));
        Assert.Equal("s2", (await Store.FindApiTokenAsync(Hash("a2"), CancellationToken.None))?.Session.Id);
    }

    private Task GiveAsync(Account account, string token, string session) => InTransactionAsync(transaction =>
        transaction.Sessions.AddAsync(NewSession(account, session), NewApiToken(account, token, session), CancellationToken.None));

    private Task<string> GiveOrFindAsync(Account account, int number) => InTransactionAsync(async transaction =>
    {
        if (await transaction.Sessions.FindApiTokenAsync(account.User, CancellationToken.None) is { } known)
        {
            return known.SessionId;
        }

        string session = $"s{number}";
        await transaction.Sessions.AddAsync(NewSession(account, session), NewApiToken(account, $"a{number}", session), CancellationToken.None);
        return session;
    });

    private Task<ProtectedApiToken?> FindApiTokenAsync(UserRef user) =>
        AskAsync(transaction => transaction.Sessions.FindApiTokenAsync(user, CancellationToken.None));
}
