using Cambio.Storage;

namespace Cambio.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task Records_a_spent_credential_once()
    {
        Assert.True(await SpendAsync("a"));

        Assert.False(await SpendAsync("a"));
        Assert.True(await SpendAsync("A"));
        Assert.True(await InTransactionAsync(async transaction =>
            await transaction.Replays.TryAddAsync("b", Now, CancellationToken.None)
            && !await transaction.Replays.TryAddAsync("b", Now, CancellationToken.None)
            && await transaction.Replays.TryAddAsync("c", Now, CancellationToken.None)));
        Assert.Equal(4, (await RowsAsync()).Replays);
    }

    [Fact]
    public async Task Lets_a_credential_be_spent_after_a_refusal()
    {
        await Store.TransactAsync<bool>(
            async (transaction, cancellationToken) =>
            {
                await transaction.Replays.TryAddAsync("a", Now, cancellationToken);
                return ExchangeError.SignupDisabled();
            },
            CancellationToken.None);

        Assert.True(await SpendAsync("a"));
    }

    [Fact]
    public async Task Lets_one_of_twenty_parallel_exchanges_spend_a_credential()
    {
        bool[] spent = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => SpendAsync("a"))));

        Assert.Single(spent, static won => won);
    }

    [Fact]
    public async Task Lists_signing_keys_in_their_sequence_as_they_were_added()
    {
        Assert.Empty(await SigningKeys.ListAsync(CancellationToken.None));
        ProtectedSigningKey second = new("k2", 2, "ES256", [4, 5], Now.AddDays(1), Now.AddDays(2));
        ProtectedSigningKey first = new("k1", 1, "ES256", [1, 2, 3], Now, Now);

        Assert.True(await SigningKeys.TryAddAsync(second, CancellationToken.None));
        Assert.True(await SigningKeys.TryAddAsync(first, CancellationToken.None));

        IReadOnlyList<ProtectedSigningKey> keys = await SigningKeys.ListAsync(CancellationToken.None);
        Assert.Equal([first.Payload, second.Payload], keys.Select(static key => key.Payload));
        Assert.Equal([first, second], keys.Select((key, index) => key with { Payload = index == 0 ? first.Payload : second.Payload }));
    }

    [Fact]
    public async Task Adds_one_of_twenty_signing_keys_with_the_same_sequence()
    {
        bool[] added = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() =>
            SigningKeys.TryAddAsync(new($"k{number}", 1, "ES256", [(byte)number], Now, Now), CancellationToken.None))));

        int winner = Assert.Single(Enumerable.Range(0, 20), number => added[number]);
        Assert.Equal($"k{winner}", Assert.Single(await SigningKeys.ListAsync(CancellationToken.None)).Id);
    }

    [Fact]
    public async Task Retires_a_signing_key_once()
    {
        await AddKeyAsync("k1", 1);
        await AddKeyAsync("k2", 2);

        Assert.True(await SigningKeys.RetireAsync("k1", Later, CancellationToken.None));
        Assert.False(await SigningKeys.RetireAsync("k1", Later.AddDays(1), CancellationToken.None));
        Assert.False(await SigningKeys.RetireAsync("unknown", Later, CancellationToken.None));

        Assert.Equal([Later, null], (await SigningKeys.ListAsync(CancellationToken.None)).Select(static key => key.RetiredAt));
    }

    [Fact]
    public async Task Deletes_one_signing_key()
    {
        await AddKeyAsync("k1", 1);
        await AddKeyAsync("k2", 2);

        await SigningKeys.DeleteAsync("k1", CancellationToken.None);
        await SigningKeys.DeleteAsync("unknown", CancellationToken.None);

        Assert.Equal("k2", Assert.Single(await SigningKeys.ListAsync(CancellationToken.None)).Id);
    }

    private async Task AddKeyAsync(string id, int sequence) =>
        Assert.True(await SigningKeys.TryAddAsync(new(id, sequence, "ES256", [1], Now, Now), CancellationToken.None));

    private Task<bool> SpendAsync(string key) =>
        InTransactionAsync(transaction => transaction.Replays.TryAddAsync(key, Now, CancellationToken.None));
}
