using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    // Session, user, provider, subject, the provider's session. All have a refresh token but the last, which has an API token.
    private static readonly (string Id, string User, string Provider, string? Subject, string? ProviderSessionId)[] Signins =
    [
        ("a1", "ada", "google", "u1", "p1"),
        ("a2", "ada", "google", "u1", "p2"),
        ("a3", "ada", "google", "u2", null),
        ("a4", "ada", "github", "u1", "p1"),
        ("a5", "ada", "google", null, null),
        ("b1", "bob", "google", "u3", "p3"),
        ("b2", "bob", "github", "u3", null),
        ("a6", "ada", "gitlab", "u1", "p1"),
    ];

    [Theory]
    [InlineData("a1", new[] { "id=a1" })]
    [InlineData("a6", new[] { "id=a6" })]
    [InlineData("", new[] { "id=unknown" })]
    [InlineData("", new[] { "id=" })]
    [InlineData("a2", new[] { "id=a2", "user=ada" })]
    [InlineData("", new[] { "id=a2", "user=bob" })]
    [InlineData("a1 a2 a3 a4 a5 a6", new[] { "user=ada" })]
    [InlineData("b1 b2", new[] { "user=bob" })]
    [InlineData("a1 a3 a4 a5 a6", new[] { "user=ada", "except=a2" })]
    [InlineData("b1 b2", new[] { "user=bob", "except=a1" })]
    [InlineData("a1 a2 a3 a5", new[] { "user=ada", "provider=google" })]
    [InlineData("a1 a2", new[] { "provider=google", "subject=u1" })]
    [InlineData("a4", new[] { "provider=github", "subject=u1" })]
    [InlineData("", new[] { "provider=google", "subject=U1" })]
    [InlineData("", new[] { "provider=google", "subject=" })]
    [InlineData("a1", new[] { "provider=google", "subject=u1", "except=a2" })]
    [InlineData("a1", new[] { "provider=google", "session=p1" })]
    [InlineData("", new[] { "provider=google", "session=p9" })]
    [InlineData("", new[] { "provider=google", "session=" })]
    [InlineData("a1", new[] { "provider=google", "subject=u1", "session=p1" })]
    [InlineData("", new[] { "provider=google", "subject=u3", "session=p1" })]
    public async Task Ends_the_sessions_that_meet_all_that_a_filter_says_and_no_other(string expected, string[] filter)
    {
        Dictionary<string, Account> accounts = await SignInAllAsync();

        int ended = await EndAsync(Filter(filter, accounts), Later);

        string[] which = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        StoredRows rows = await RowsAsync();
        Assert.Equal(which.Length, ended);
        Assert.Equal(which, rows.Sessions.Where(static session => session.EndedAt == Later).Select(static session => session.Id).Order());
        Assert.Equal(Signins.Length - ended, rows.Sessions.Count(static session => session.EndedAt is null));
        foreach (string id in Signins[..^1].Select(static signin => signin.Id))
        {
            Assert.Equal(which.Contains(id), await Store.FindRefreshTokenAsync(Hash(id), CancellationToken.None) is null);
        }

        Assert.Equal(which.Contains("a6"), await Store.FindApiTokenAsync(Hash("a6"), CancellationToken.None) is null);
    }

    [Theory]
    [InlineData]
    [InlineData("provider=google")]
    [InlineData("except=a1")]
    [InlineData("provider=google", "except=a1")]
    [InlineData("subject=u1")]
    [InlineData("session=p1")]
    [InlineData("user=ada", "subject=u1")]
    [InlineData("id=a1", "session=p1")]
    public async Task Refuses_a_filter_that_names_nobody(params string[] filter)
    {
        Dictionary<string, Account> accounts = await SignInAllAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => EndAsync(Filter(filter, accounts), Later));

        Assert.All((await RowsAsync()).Sessions, static session => Assert.Null(session.EndedAt));
    }

    [Fact]
    public async Task Counts_and_changes_only_sessions_that_had_not_ended()
    {
        Dictionary<string, Account> accounts = await SignInAllAsync();
        await EndAsync(new SessionFilter { Id = "a1" }, Later);

        int ended = await EndAsync(new SessionFilter { User = accounts["ada"].User }, Later.AddDays(1));

        Assert.Equal(5, ended);
        Assert.Equal(Later, Assert.Single((await RowsAsync()).Sessions, static session => session.Id == "a1").EndedAt);
        Assert.Equal(0, await EndAsync(new SessionFilter { User = accounts["ada"].User }, Later.AddDays(2)));
    }

    private static SessionFilter Filter(string[] parts, Dictionary<string, Account> accounts)
    {
        Dictionary<string, string> set = parts.Select(static part => part.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1]);
        return new SessionFilter
        {
            Id = set.GetValueOrDefault("id"),
            User = set.TryGetValue("user", out string? user) ? accounts[user].User : null,
            Provider = set.GetValueOrDefault("provider"),
            Subject = set.GetValueOrDefault("subject"),
            ProviderSessionId = set.GetValueOrDefault("session"),
            Except = set.GetValueOrDefault("except"),
        };
    }

    private async Task<Dictionary<string, Account>> SignInAllAsync()
    {
        Dictionary<string, Account> accounts = new()
        {
            ["ada"] = await AddAccountAsync(NewAccount("ada")),
            ["bob"] = await AddAccountAsync(NewAccount("bob")),
        };
        foreach ((string id, string user, string provider, string? subject, string? providerSessionId) in Signins)
        {
            Account account = accounts[user];
            Session session = NewSession(account, id) with { Provider = provider, Subject = subject, ProviderSessionId = providerSessionId };
            await InTransactionAsync(transaction => id == "a6"
                ? transaction.Sessions.AddAsync(session, NewApiToken(account, id, id), CancellationToken.None)
                : transaction.Sessions.AddAsync(session, NewToken(id, id), CancellationToken.None));
        }

        return accounts;
    }
}
