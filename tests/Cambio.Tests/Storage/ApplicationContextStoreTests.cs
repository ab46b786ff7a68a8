using Cambio.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Storage;

/// <summary>The contract, kept inside an application's own context.</summary>
public sealed class ApplicationContextStoreTests : StoreContractTests
{
    private readonly TemporaryDirectory directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }

    private protected override async Task<IHost> StartAsync()
    {
        IHost host = await StoreHost.StartAsync(builder =>
        {
            builder.Services.AddDbContext<ApplicationContext>(options => options.UseSqlite($"Data Source={directory.Path}/app.db"));
            builder.AddEntityFrameworkStore<ApplicationContext>();
        });
        await host.ReadAsync<ApplicationContext, bool>(static context => context.Database.EnsureCreatedAsync());
        return host;
    }

    private protected override Task<StoredRows> RowsAsync() => Host.RowsAsync<ApplicationContext>();
}
