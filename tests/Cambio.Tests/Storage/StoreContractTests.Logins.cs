using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Finds_the_account_that_an_identity_is_linked_to()
    {
        Account account = await AddAccountAsync(FullAccount(ids.Dequeue()), ("google", "u1"), ("github", "u1"));
        Account other = await AddAccountAsync(NewAccount("bob"), ("gitlab", "u1"));

        Assert.Equal(account, await FindByLoginAsync("google", "u1"));
        Assert.Equal(account, await FindByLoginAsync("github", "u1"));
        Assert.Equal(other, await FindByLoginAsync("gitlab", "u1"));
        Assert.Null(await FindByLoginAsync("discord", "u1"));
    }

    [Theory]
    [InlineData("u1 ")]
    [InlineData(" u1")]
    [InlineData("U1")]
    [InlineData("ú1")]
    [InlineData("u\u03011")]
    [InlineData("u1\u0000")]
    [InlineData("u")]
    [InlineData("u%")]
    [InlineData("u_")]
    public async Task Compares_subjects_byte_for_byte(string subject)
    {
        Account ada = await AddAccountAsync(NewAccount("ada"), ("google", "u1"));
        Assert.Null(await FindByLoginAsync("google", subject));

        Account bob = await AddAccountAsync(NewAccount("bob"), ("google", subject));

        Assert.Equal(ada, await FindByLoginAsync("google", "u1"));
        Assert.Equal(bob, await FindByLoginAsync("google", subject));
    }

    [Theory]
    [InlineData("1", "01")]
    [InlineData("1", "1.0")]
    [InlineData("12345678901234567890", "12345678901234567891")]
    [InlineData("1e3", "1000")]
    public async Task Takes_subjects_for_text_even_when_they_are_digits(string first, string second)
    {
        Account account = await AddAccountAsync(NewAccount("ada"), ("google", first));

        Assert.Equal(account, await FindByLoginAsync("google", first));
        Assert.Null(await FindByLoginAsync("google", second));
    }

    [Fact]
    public async Task Reports_a_conflict_when_an_identity_is_linked_already()
    {
        Account ada = await AddAccountAsync(NewAccount("ada"), ("google", "u1"));
        Account bob = await AddAccountAsync(NewAccount("bob"));

        await AssertConflictAsync(transaction => transaction.Accounts.AddLoginAsync(NewLogin(bob, "google", "u1"), CancellationToken.None));
        await AssertConflictAsync(transaction => transaction.Accounts.AddLoginAsync(NewLogin(ada, "google", "u1"), CancellationToken.None));

        Assert.Equal(ada.User, Assert.Single((await RowsAsync()).Logins).User);
    }

    [Theory]
    [InlineData("", "u1")]
    [InlineData("google", "")]
    public async Task Refuses_an_identity_without_a_provider_or_a_subject(string provider, string subject)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => AddAccountAsync(NewAccount("ada"), (provider, subject)));

        Assert.Equal(0, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Refuses_an_identity_of_a_user_that_does_not_exist()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => InTransactionAsync(transaction =>
            transaction.Accounts.AddLoginAsync(NewLogin(NewAccount(), "google", "u1"), CancellationToken.None)));

        Assert.Equal(0, (await RowsAsync()).Total);
    }

    [Fact]
    public async Task Notes_the_use_of_one_login_only()
    {
        Account account = await AddAccountAsync(NewAccount("ada"), ("google", "u1"), ("google", "u2"));
        Login used = NewLogin(account, "google", "u1") with { Email = "new@example.com", LinkedAt = Now.AddDays(9), LastUsedAt = Now.AddDays(1) };

        await InTransactionAsync(transaction => transaction.Accounts.UpdateLoginAsync(used, CancellationToken.None));

        Login[] logins = [.. (await RowsAsync()).Logins.OrderBy(static login => login.Subject)];
        Assert.Equal([used with { LinkedAt = Now }, NewLogin(account, "google", "u2")], logins);
    }

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("ADA@EXAMPLE.COM")]
    [InlineData("aDa@eXample.com")]
    public async Task Finds_an_address_whatever_the_case_of_its_ASCII_letters(string email)
    {
        Account account = await AddAccountAsync(NewAccount("ada", "Ada@Example.com"));

        Assert.Equal(account, Assert.Single(await FindByEmailAsync(email)).Account);
    }

    [Theory]
    [InlineData("kim@example.com", "\u212Aim@example.com")] // Kelvin sign
    [InlineData("kim@example.com", "k\u0131m@example.com")] // dotless i
    [InlineData("kim@example.com", "K\u0130M@example.com")] // dotted I
    [InlineData("kim@example.com", "kim\uFF20example.com")] // full-width at sign
    [InlineData("sam@example.com", "\u017Fam@example.com")] // long s
    [InlineData("kim@example.com", "k\u0456m@example.com")] // Cyrillic i
    [InlineData("ren\u00E9@example.com", "ren\u00C9@example.com")]
    [InlineData("ren\u00E9@example.com", "rene\u0301@example.com")]
    [InlineData("kim@example.com", "kim@example.com ")]
    [InlineData("kim@example.com", "k.im@example.com")]
    [InlineData("kim@example.com", "kim+a@example.com")]
    [InlineData("kim@example.com", "k%m@example.com")]
    [InlineData("kim@example.com", "")]
    public async Task Never_takes_one_address_for_another(string known, string lookalike)
    {
        await AddAccountAsync(NewAccount("kim", known, proven: true));

        Assert.Empty(await FindByEmailAsync(lookalike));
    }

    [Fact]
    public async Task Gives_up_to_ten_holders_of_an_address_the_one_that_has_proven_it_first()
    {
        for (int number = 0; number < 11; number++)
        {
            await AddAccountAsync(NewAccount($"user{number}", "ada@example.com"));
        }

        Account proven = await AddAccountAsync(NewAccount("ada", "ADA@example.com", proven: true) with { CreatedAt = Now.AddDays(1) });

        IReadOnlyList<EmailOwner> owners = await FindByEmailAsync("ada@example.com");

        Assert.Equal(10, owners.Count);
        Assert.Equal(proven, owners[0].Account);
        Assert.All(owners.Skip(1), static owner => Assert.False(owner.Account.EmailProven));
    }

    [Fact]
    public async Task Tells_which_holders_of_an_address_have_a_login_at_the_provider()
    {
        await AddAccountAsync(NewAccount("a", "ada@example.com", proven: true), ("github", "1"), ("google", "1"), ("google", "2"));
        await AddAccountAsync(NewAccount("b", "ada@example.com"), ("github", "2"));
        await AddAccountAsync(NewAccount("c", "ada@example.com"));

        IReadOnlyList<EmailOwner> owners = await FindByEmailAsync("ada@example.com");

        Assert.Equal([true, false, false], owners.OrderBy(static owner => owner.Account.PreferredUsername).Select(static owner => owner.HasLoginAtProvider));
    }

    private Task<Account?> FindByLoginAsync(string provider, string subject) =>
        AskAsync(transaction => transaction.Accounts.FindByLoginAsync(provider, subject, CancellationToken.None));

    private Task<IReadOnlyList<EmailOwner>> FindByEmailAsync(string email) =>
        InTransactionAsync(transaction => transaction.Accounts.FindByEmailAsync(email, "google", CancellationToken.None));
}
