using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Spends_a_code_once_and_tells_later_callers_when()
    {
        await AddCodeAsync(NewCode("c1"));

        OneTimeCode? first = await SpendCodeAsync("c1", "code", Now);
        OneTimeCode? second = await SpendCodeAsync("c1", "code", Later);
        OneTimeCode? third = await SpendCodeAsync("c1", "code", Later.AddDays(1));

        Assert.Equal([null, Now, Now], [first?.SpentAt, second?.SpentAt, third?.SpentAt]);
        Assert.All([first, second, third], static code =>
        {
            Assert.NotNull(code);
            Assert.Equal(Hash("c1"), code.Hash);
            Assert.Equal([1, 2], code.Payload);
            Assert.Equal(("code", Now.AddMinutes(1)), (code.Purpose, code.ExpiresAt));
        });
    }

    [Theory]
    [InlineData("c2", "code")]
    [InlineData("c1", "ticket")]
    [InlineData("c1", "Code")]
    [InlineData("c1", "")]
    public async Task Knows_no_code_of_another_text_or_for_another_purpose(string name, string purpose)
    {
        await AddCodeAsync(NewCode("c1"));

        Assert.Null(await SpendCodeAsync(name, purpose, Now));
        Assert.Null(await Store.FindCodeAsync(Hash(name), purpose, CancellationToken.None));

        Assert.Null((await SpendCodeAsync("c1", "code", Later))?.SpentAt);
    }

    [Fact]
    public async Task Looks_at_a_code_without_spending_it()
    {
        await AddCodeAsync(NewCode("c1"));

        OneTimeCode? fresh = await Store.FindCodeAsync(Hash("c1"), "code", CancellationToken.None);
        OneTimeCode? first = await SpendCodeAsync("c1", "code", Now);
        OneTimeCode? spent = await Store.FindCodeAsync(Hash("c1"), "code", CancellationToken.None);

        Assert.Equal([null, null, Now], [fresh!.SpentAt, first!.SpentAt, spent!.SpentAt]);
        Assert.Equal([1, 2], spent.Payload);
    }

    [Fact]
    public async Task Lets_one_of_twenty_parallel_callers_spend_a_code()
    {
        await AddCodeAsync(NewCode("c1"));
        await AddCodeAsync(NewCode("c2"));

        OneTimeCode?[] codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            Task.Run(() => SpendCodeAsync("c1", "code", Now.AddSeconds(number)))));

        int winner = Assert.Single(Enumerable.Range(0, 20), number => codes[number]!.SpentAt is null);
        Assert.All(codes.Where((_, number) => number != winner), code => Assert.Equal(Now.AddSeconds(winner), code!.SpentAt));
        Assert.Null((await SpendCodeAsync("c2", "code", Now))?.SpentAt);
    }

    [Fact]
    public async Task Lets_a_code_be_spent_after_a_refusal()
    {
        await AddCodeAsync(NewCode("c1"));

        await Store.TransactAsync<bool>(
            async (transaction, cancellationToken) =>
            {
                await transaction.Codes.SpendAsync(Hash("c1"), "code", Now, cancellationToken);
                return ExchangeError.SignupDisabled();
            },
            CancellationToken.None);

        Assert.Null((await SpendCodeAsync("c1", "code", Later))?.SpentAt);
    }

    [Fact]
    public async Task Refuses_a_code_without_a_purpose()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => AddCodeAsync(NewCode("c1", "")));

        Assert.Equal(0, (await RowsAsync()).Codes);
    }

    private Task AddCodeAsync(OneTimeCode code) => InTransactionAsync(transaction => transaction.Codes.AddAsync(code, CancellationToken.None));

    private Task<OneTimeCode?> SpendCodeAsync(string name, string purpose, DateTimeOffset now) =>
        AskAsync(transaction => transaction.Codes.SpendAsync(Hash(name), purpose, now, CancellationToken.None));
}
