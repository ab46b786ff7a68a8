using Cambio.Storage;
using Cambio.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Storage;

public sealed class InMemoryStoreTests : StoreContractTests
{
    private InMemoryStore Memory => Host.Services.GetRequiredService<InMemoryStore>();

    [Fact]
    public async Task Shows_tests_what_it_holds()
    {
        Account account = NewAccount("ada");
        await Host.Store().TransactAsync<bool>(
            async (transaction, cancellationToken) =>
            {
                await WriteEverythingAsync(transaction, account, cancellationToken);
                return true;
            },
            CancellationToken.None);

        Assert.Equal(account, Assert.Single(Memory.Accounts));
        Assert.Equal("u1", Assert.Single(Memory.Logins).Subject);
        Assert.Equal(["s1", "s2"], Memory.Sessions.Select(static session => session.Id).Order());
        Assert.Equal("spent", Assert.Single(Memory.Replays));
    }

    [Fact]
    public void Brings_a_key_ring_that_leaves_no_trace()
    {
        IDataProtector protector = Host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

        Assert.Equal([1, 2, 3], protector.Unprotect(protector.Protect([1, 2, 3])));
    }

    private protected override Task<IHost> StartAsync() => StoreHost.StartAsync(static builder => builder.AddInMemoryStore());

    private protected override Task<StoredRows> RowsAsync() => Task.FromResult(new StoredRows(
        Memory.Accounts.Count,
        [.. Memory.Logins],
        [.. Memory.Sessions],
        Memory.State.RefreshTokens.Count,
        Memory.Replays.Count,
        [.. Memory.State.ProviderTokens.Values])
    {
        ApiTokens = [.. Memory.State.ApiTokens.Values],
        Codes = Memory.State.Codes.Count,
    });
}
