using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    private static readonly DateTimeOffset Later = Now.AddMinutes(20);

    [Fact]
    public async Task Leads_from_a_refresh_token_to_its_session_and_user()
    {
        Account account = await AddAccountAsync(FullAccount(ids.Dequeue()));
        await OpenAsync(account, "s1", "r1");

        RefreshLookup found = await FoundAsync("r1");

        AssertSame(NewToken("r1", "s1"), found.Token);
        Assert.Equal(NewSession(account, "s1"), found.Session);
        Assert.Equal(account, found.Account);
        Assert.False(found.SuccessorUsed);
    }

    [Fact]
    public async Task Knows_no_refresh_token_that_was_never_issued()
    {
        await OpenAsync(await AddAccountAsync(NewAccount("ada")), "s1", "r1");

        Assert.Null(await FindTokenAsync("r2"));
    }

    [Fact]
    public async Task Refuses_a_session_of_a_user_that_does_not_exist()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync(NewAccount(), "s1", "r1"));

        Assert.Equal(0, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Trades_a_refresh_token_for_its_successor()
    {
        await OpenAsync(await AddAccountAsync(NewAccount("ada")), "s1", "r1");

        await RotateAsync(NewToken("r1", "s1") with { UsedAt = Later }, NewToken("r2", "s1", "r1"), Later);

        RefreshLookup spent = await FoundAsync("r1");
        RefreshLookup successor = await FoundAsync("r2");
        AssertSame(NewToken("r1", "s1") with { UsedAt = Later }, spent.Token);
        Assert.False(spent.SuccessorUsed);
        AssertSame(NewToken("r2", "s1", "r1"), successor.Token);
        Assert.Equal(Later, successor.Session.LastUsedAt);
        Assert.Equal(Now, successor.Session.CreatedAt);
    }

    [Fact]
    public async Task Tells_that_a_successor_was_used()
    {
        await OpenAsync(await AddAccountAsync(NewAccount("ada")), "s1", "r1");
        await RotateAsync(NewToken("r1", "s1") with { UsedAt = Later }, NewToken("r2", "s1", "r1"), Later);

        await RotateAsync(NewToken("r2", "s1", "r1") with { UsedAt = Later }, NewToken("r3", "s1", "r2"), Later);

        Assert.True((await FoundAsync("r1")).SuccessorUsed);
        Assert.False((await FoundAsync("r2")).SuccessorUsed);
        Assert.False((await FoundAsync("r3")).SuccessorUsed);
    }

    [Fact]
    public async Task Keeps_both_successors_of_a_retried_token_until_one_is_used()
    {
        await OpenWithRetryAsync();

        Assert.True((await FoundAsync("r1")).Token.Retried);
        Assert.False((await FoundAsync("r1")).SuccessorUsed);
        Assert.Null((await FoundAsync("r2a")).Token.UsedAt);
        Assert.Null((await FoundAsync("r2b")).Token.UsedAt);
    }

    [Theory]
    [InlineData("r2a", "r2b")]
    [InlineData("r2b", "r2a")]
    public async Task Spends_the_other_successor_beyond_retry_when_one_is_used(string used, string other)
    {
        await OpenWithRetryAsync();

        await RotateAsync(NewToken(used, "s1", "r1") with { UsedAt = Later }, NewToken("r3", "s1", used), Later.AddSeconds(1));

        AssertSame(NewToken(used, "s1", "r1") with { UsedAt = Later }, (await FoundAsync(used)).Token);
        AssertSame(NewToken(other, "s1", "r1") with { UsedAt = Later.AddSeconds(1), Retried = true }, (await FoundAsync(other)).Token);
        AssertSame(NewToken("r3", "s1", used), (await FoundAsync("r3")).Token);
        Assert.True((await FoundAsync("r1")).SuccessorUsed);
    }

    [Fact]
    public async Task Leaves_the_marks_of_tokens_that_were_used_before()
    {
        await OpenWithRetryAsync();
        await RotateAsync(NewToken("r2a", "s1", "r1") with { UsedAt = Later }, NewToken("r3", "s1", "r2a"), Later);

        await RotateAsync(NewToken("r2a", "s1", "r1") with { UsedAt = Later, Retried = true }, NewToken("r3b", "s1", "r2a"), Later.AddSeconds(5));

        Assert.Equal(Later, (await FoundAsync("r2a")).Token.UsedAt);
        Assert.Equal(Later, (await FoundAsync("r2b")).Token.UsedAt);
        Assert.Null((await FoundAsync("r3")).Token.UsedAt);
        Assert.Null((await FoundAsync("r3b")).Token.UsedAt);
    }

    [Fact]
    public async Task Leaves_the_tokens_of_other_sessions_alone()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));
        await OpenAsync(account, "s1", "r1");
        await OpenAsync(account, "s2", "q1");

        await RotateAsync(NewToken("r1", "s1") with { UsedAt = Later }, NewToken("r2", "s1", "r1"), Later);

        AssertSame(NewToken("q1", "s2"), (await FoundAsync("q1")).Token);
        Assert.Equal(Now, (await FoundAsync("q1")).Session.LastUsedAt);
    }

    [Fact]
    public async Task Ends_a_session_and_forgets_its_tokens()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));
        await OpenAsync(account, "s2", "q1");
        await OpenAsync(account, "s1", "r1");
        await RotateAsync(NewToken("r1", "s1") with { UsedAt = Later }, NewToken("r2", "s1", "r1"), Later);

        Assert.Equal(1, await EndAsync(new SessionFilter { Id = "s1" }, Later));

        Assert.Null(await FindTokenAsync("r1"));
        Assert.Null(await FindTokenAsync("r2"));
        Assert.NotNull(await FindTokenAsync("q1"));
        Session[] sessions = [.. (await RowsAsync()).Sessions.OrderBy(static session => session.Id)];
        Assert.Equal([Later, null], sessions.Select(static session => session.EndedAt));
    }

    private static void AssertSame(RefreshToken expected, RefreshToken actual)
    {
        Assert.Equal(expected.Hash, actual.Hash);
        Assert.Equal(expected.Parent, actual.Parent);
        Assert.Equal(expected with { Hash = actual.Hash, Parent = actual.Parent }, actual);
    }

    private async Task OpenWithRetryAsync()
    {
        await OpenAsync(await AddAccountAsync(NewAccount("ada")), "s1", "r1");
        await RotateAsync(NewToken("r1", "s1") with { UsedAt = Now }, NewToken("r2a", "s1", "r1"), Now);
        await RotateAsync(NewToken("r1", "s1") with { UsedAt = Now, Retried = true }, NewToken("r2b", "s1", "r1"), Now.AddSeconds(3));
    }

    private Task OpenAsync(Account account, string session, string token) => InTransactionAsync(transaction =>
        transaction.Sessions.AddAsync(NewSession(account, session), NewToken(token, session), CancellationToken.None));

    private Task RotateAsync(RefreshToken spent, RefreshToken successor, DateTimeOffset now) => InTransactionAsync(transaction =>
        transaction.Sessions.RotateAsync(spent, successor, now, CancellationToken.None));

    private Task<int> EndAsync(SessionFilter which, DateTimeOffset now) => InTransactionAsync(transaction =>
        transaction.Sessions.EndAsync(which, now, CancellationToken.None));

    private Task<RefreshLookup?> FindTokenAsync(string token) =>
        AskAsync(transaction => transaction.Sessions.FindAsync(Hash(token), CancellationToken.None));

    private async Task<RefreshLookup> FoundAsync(string token) =>
        await FindTokenAsync(token) ?? throw new InvalidOperationException($"{token} was not found.");
}
