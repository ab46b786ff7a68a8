using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Finds_a_session_with_its_user_as_it_was_opened()
    {
        Account account = await AddAccountAsync(FullAccount(ids.Dequeue()));
        Session session = NewSession(account, "s1") with { ProviderSessionId = "p1", ClientId = "console" };
        await InTransactionAsync(transaction => transaction.Sessions.AddAsync(session, NewToken("r1", "s1"), CancellationToken.None));

        Assert.Equal(new SessionLookup(session, account), await Store.FindSessionAsync("s1", CancellationToken.None));
    }

    [Fact]
    public async Task Finds_a_session_that_has_ended_and_says_so()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));
        await OpenAsync(account, "s1", "r1");
        await EndAsync(new SessionFilter { Id = "s1" }, Later);

        Assert.Equal(Later, (await Store.FindSessionAsync("s1", CancellationToken.None))?.Session.EndedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S1")]
    [InlineData("s1 ")]
    [InlineData("s_")]
    [InlineData("' OR 1=1 --")]
    public async Task Finds_no_session_by_an_id_that_it_never_gave(string id)
    {
        await OpenAsync(await AddAccountAsync(NewAccount("ada")), "s1", "r1");

        Assert.Null(await Store.FindSessionAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task Looks_a_refresh_token_up_outside_of_any_transaction()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));
        await OpenAsync(account, "s1", "r1");
        await RotateAsync(NewToken("r1", "s1") with { UsedAt = Later }, NewToken("r2", "s1", "r1"), Later);
        await RotateAsync(NewToken("r2", "s1", "r1") with { UsedAt = Later }, NewToken("r3", "s1", "r2"), Later);

        RefreshLookup? found = await Store.FindRefreshTokenAsync(Hash("r1"), CancellationToken.None);

        Assert.NotNull(found);
        AssertSame(NewToken("r1", "s1") with { UsedAt = Later }, found.Token);
        Assert.Equal(NewSession(account, "s1") with { LastUsedAt = Later }, found.Session);
        Assert.Equal(account, found.Account);
        Assert.True(found.SuccessorUsed);
        Assert.Null(await Store.FindRefreshTokenAsync(Hash("unknown"), CancellationToken.None));
    }

    [Fact]
    public async Task Lists_the_sessions_that_go_on_last_used_first()
    {
        Account ada = await AddAccountAsync(NewAccount("ada"));
        await OpenAsync(ada, "oldest", "r1");
        await OpenAsync(ada, "used", "r2");
        await OpenAsync(ada, "ended", "r3");
        await OpenAsync(await AddAccountAsync(NewAccount("bob")), "other", "r4");
        await InTransactionAsync(async transaction =>
        {
            Session session = NewSession(ada, "expired") with { ExpiresAt = Later };
            await transaction.Sessions.AddAsync(session, NewToken("r5", "expired"), CancellationToken.None);
            await transaction.Sessions.AddAsync(NewSession(ada, "token"), NewApiToken(ada, "a1", "token"), CancellationToken.None);
            await transaction.Sessions.TouchAsync("token", Now.AddMinutes(1), CancellationToken.None);
            await transaction.Sessions.TouchAsync("used", Now.AddMinutes(2), CancellationToken.None);
            await transaction.Sessions.EndAsync(new SessionFilter { Id = "ended" }, Now, CancellationToken.None);
        });

        IReadOnlyList<Session> sessions = await Store.ListSessionsAsync(ada.User, Later, CancellationToken.None);

        Assert.Equal(["used", "token", "oldest"], sessions.Select(static session => session.Id));
        Assert.Equal(NewSession(ada, "used") with { LastUsedAt = Now.AddMinutes(2) }, sessions[0]);
        Assert.Equal(4, (await Store.ListSessionsAsync(ada.User, Later.AddTicks(-TimeSpan.TicksPerMillisecond), CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Lists_a_thousand_sessions_at_most()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));
        await InTransactionAsync(async transaction =>
        {
            for (int number = 0; number <= 1000; number++)
            {
                Session session = NewSession(account, $"s{number}") with { LastUsedAt = Now.AddSeconds(number) };
                await transaction.Sessions.AddAsync(session, NewToken($"r{number}", session.Id), CancellationToken.None);
            }
        });

        IReadOnlyList<Session> sessions = await Store.ListSessionsAsync(account.User, Now, CancellationToken.None);

        Assert.Equal(1000, sessions.Count);
        Assert.Equal(("s1000", "s1"), (sessions[0].Id, sessions[^1].Id));
    }

    [Fact]
    public async Task Notes_the_use_of_one_session_only()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));
        await OpenAsync(account, "s1", "r1");
        await OpenAsync(account, "s2", "r2");

        await InTransactionAsync(transaction => transaction.Sessions.TouchAsync("s1", Later, CancellationToken.None));
        await InTransactionAsync(transaction => transaction.Sessions.TouchAsync("unknown", Later, CancellationToken.None));

        Session[] sessions = [.. (await RowsAsync()).Sessions.OrderBy(static session => session.Id)];
        Assert.Equal([NewSession(account, "s1") with { LastUsedAt = Later }, NewSession(account, "s2")], sessions);
    }
}
