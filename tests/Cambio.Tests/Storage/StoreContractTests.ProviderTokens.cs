using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Keeps_the_last_provider_tokens_of_a_login()
    {
        Account account = await AddAccountAsync(NewAccount("ada"), ("google", "u1"), ("google", "u2"));
        await SaveAsync(account, "google", "u1", 1, Now);
        await SaveAsync(account, "google", "u2", 2, Now);

        await SaveAsync(account, "google", "u1", 3, null);

        IReadOnlyList<ProtectedProviderTokens> kept = (await RowsAsync()).ProviderTokens;
        Assert.Equal(2, kept.Count);
        ProtectedProviderTokens last = Assert.Single(kept, static tokens => tokens.Subject == "u1");
        Assert.Equal([3], last.Payload);
        Assert.Null(last.ExpiresAt);
    }

    [Fact]
    public async Task Never_overwrites_the_provider_tokens_of_another_user()
    {
        Account ada = await AddAccountAsync(NewAccount("ada"), ("google", "u1"));
        Account bob = await AddAccountAsync(NewAccount("bob"), ("google", "u2"));
        await SaveAsync(ada, "google", "u1", 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => SaveAsync(bob, "google", "u1", 2));
        Assert.False(await ReplaceAsync(bob, "google", "u1", 2, read: 1));

        ProtectedProviderTokens kept = Assert.Single((await RowsAsync()).ProviderTokens);
        Assert.Equal((ada.User, 1), (kept.User, Assert.Single(kept.Payload)));
    }

    [Fact]
    public async Task Refuses_provider_tokens_of_a_login_that_does_not_exist()
    {
        Account account = await AddAccountAsync(NewAccount("ada"));

        await Assert.ThrowsAnyAsync<Exception>(() => SaveAsync(account, "google", "u1", 1));

        Assert.Empty((await RowsAsync()).ProviderTokens);
    }

    [Fact]
    public async Task Replaces_provider_tokens_that_are_still_those_that_were_read()
    {
        Account account = await AddAccountAsync(NewAccount("ada"), ("google", "u1"), ("google", "u2"));
        await SaveAsync(account, "google", "u1", 1);
        await SaveAsync(account, "google", "u2", 1);

        Assert.True(await ReplaceAsync(account, "google", "u1", 2, read: 1));
        Assert.False(await ReplaceAsync(account, "google", "u1", 3, read: 1));

        ProtectedProviderTokens replaced = await FoundTokensAsync(account, "google", "u1");
        Assert.Equal([2], replaced.Payload);
        Assert.Equal(Later, replaced.ExpiresAt);
        Assert.Equal([1], (await FoundTokensAsync(account, "google", "u2")).Payload);
    }

    [Fact]
    public async Task Lets_one_of_twenty_parallel_refreshes_replace_provider_tokens()
    {
        Account account = await AddAccountAsync(NewAccount("ada"), ("google", "u1"));
        await SaveAsync(account, "google", "u1", 100);

        bool[] replaced = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            Task.Run(() => ReplaceAsync(account, "google", "u1", (byte)number, read: 100))));

        int winner = Assert.Single(Enumerable.Range(0, 20), number => replaced[number]);
        Assert.Equal([(byte)winner], (await FoundTokensAsync(account, "google", "u1")).Payload);
    }

    [Fact]
    public async Task Replaces_no_provider_tokens_of_a_login_that_was_unlinked_meanwhile()
    {
        Account account = await AddAccountAsync(NewAccount("ada"), ("google", "u1"));
        await SaveAsync(account, "google", "u1", 1);
        await UnlinkAsync("google", "u1");

        Assert.False(await ReplaceAsync(account, "google", "u1", 2, read: 1));

        Assert.Empty((await RowsAsync()).ProviderTokens);
    }

    [Fact]
    public async Task Finds_the_provider_tokens_of_the_login_that_was_used_last_or_of_the_one_named()
    {
        Account account = await AddAccountAsync(NewAccount("ada"), ("google", "u1"), ("google", "u2"), ("google", "u3"), ("github", "7"));
        Account bob = await AddAccountAsync(NewAccount("bob"), ("google", "u4"));
        await InTransactionAsync(async transaction =>
        {
            await transaction.Accounts.UpdateLoginAsync(NewLogin(account, "google", "u2") with { LastUsedAt = Later }, CancellationToken.None);
            await transaction.Accounts.UpdateLoginAsync(NewLogin(account, "google", "u3") with { LastUsedAt = Later.AddDays(1) }, CancellationToken.None);
            await transaction.Accounts.UpdateLoginAsync(NewLogin(bob, "google", "u4") with { LastUsedAt = Later.AddDays(2) }, CancellationToken.None);
        });
        await SaveAsync(account, "google", "u1", 1, Later);
        await SaveAsync(account, "google", "u2", 2);
        await SaveAsync(bob, "google", "u4", 4);

        ProtectedProviderTokens named = await FoundTokensAsync(account, "google", "u1");
        Assert.Equal(new(account.User, "google", "u1", named.Payload, Later), named);
        Assert.Equal([1], named.Payload);
        Assert.Equal([2], (await FoundTokensAsync(account, "google", null)).Payload);
        Assert.Null(await Store.FindProviderTokensAsync(account.User, "google", "u3", CancellationToken.None));
        Assert.Null(await Store.FindProviderTokensAsync(account.User, "google", "u4", CancellationToken.None));
        Assert.Null(await Store.FindProviderTokensAsync(account.User, "github", null, CancellationToken.None));
    }

    [Fact]
    public async Task Lists_all_provider_tokens_of_a_user_and_forgets_one()
    {
        Account ada = await AddAccountAsync(NewAccount("ada"), ("google", "u1"), ("github", "7"));
        Account bob = await AddAccountAsync(NewAccount("bob"), ("google", "u2"));
        await SaveAsync(ada, "google", "u1", 1);
        await SaveAsync(ada, "github", "7", 2);
        await SaveAsync(bob, "google", "u2", 3);

        Assert.Equal([("github", "7"), ("google", "u1")], await ListTokensAsync(ada.User));
        await InTransactionAsync(transaction => transaction.ProviderTokens.RemoveAsync("google", "u1", CancellationToken.None));
        await InTransactionAsync(transaction => transaction.ProviderTokens.RemoveAsync("google", "unknown", CancellationToken.None));

        Assert.Equal([("github", "7")], await ListTokensAsync(ada.User));
        Assert.Equal([("google", "u2")], await ListTokensAsync(bob.User));
        Assert.Equal(3, (await RowsAsync()).Logins.Count);
    }

    private Task SaveAsync(Account account, string provider, string subject, byte payload, DateTimeOffset? expiresAt = null) =>
        InTransactionAsync(transaction =>
            transaction.ProviderTokens.SaveAsync(new(account.User, provider, subject, [payload], expiresAt), CancellationToken.None));

    private Task<bool> ReplaceAsync(Account account, string provider, string subject, byte payload, byte read) =>
        InTransactionAsync(transaction =>
            transaction.ProviderTokens.TryReplaceAsync(new(account.User, provider, subject, [payload], Later), [read], CancellationToken.None));

    private async Task<ProtectedProviderTokens> FoundTokensAsync(Account account, string provider, string? subject) =>
        await Store.FindProviderTokensAsync(account.User, provider, subject, CancellationToken.None)
        ?? throw new InvalidOperationException("No tokens were found.");

    private async Task<(string Provider, string Subject)[]> ListTokensAsync(UserRef user) =>
        [.. (await InTransactionAsync(transaction => transaction.ProviderTokens.ListAsync(user, CancellationToken.None)))
            .Select(static tokens => (tokens.Provider, tokens.Subject))];
}
