using Cambio.EntityFrameworkCore;
using Cambio.EntityFrameworkCore.Tables;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Storage;

public sealed class KeyRingTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Two_hosts_on_one_store_read_what_the_other_protected()
    {
        using IHost first = await StoreHost.StartSqliteAsync(directory.ConnectionString);
        using IHost second = await StoreHost.StartSqliteAsync(directory.ConnectionString);

        Assert.Equal("secret", Protector(second).Unprotect(Protector(first).Protect("secret")));
        Assert.Equal("secret", Protector(first).Unprotect(Protector(second).Protect("secret")));
        Assert.Equal(1, await first.ReadAsync<CambioDbContext, int>(static context => context.Set<DataProtectionKeyRow>().CountAsync()));
    }

    [Fact]
    public async Task A_host_reads_what_it_protected_before_it_was_started_anew()
    {
        string text;
        using (IHost first = await StoreHost.StartSqliteAsync(directory.ConnectionString))
        {
            text = Protector(first).Protect("secret");
        }

        using IHost second = await StoreHost.StartSqliteAsync(directory.ConnectionString);

        Assert.Equal("secret", Protector(second).Unprotect(text));
    }

    [Fact]
    public async Task Hosts_on_different_stores_share_nothing()
    {
        using var elsewhere = new TemporaryDirectory();
        using IHost first = await StoreHost.StartSqliteAsync(directory.ConnectionString);
        using IHost second = await StoreHost.StartSqliteAsync(elsewhere.ConnectionString);

        Assert.ThrowsAny<Exception>(() => Protector(second).Unprotect(Protector(first).Protect("secret")));
    }

    private static IDataProtector Protector(IHost host) =>
        host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
