using Cambio.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Storage;

public sealed class SqliteStoreTests : StoreContractTests
{
    private readonly TemporaryDirectory directory = new();

    private string Patient => directory.ConnectionString + ";Default Timeout=30";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Makes_one_user_of_parallel_exchanges_on_three_instances()
    {
        IHost[] instances =
        [
            Host,
            await StoreHost.StartSqliteAsync(Patient),
            await StoreHost.StartSqliteAsync(Patient),
        ];

        string[] users = await Task.WhenAll(Enumerable.Range(0, 12).Select(number =>
            Task.Run(() => FindOrCreateAsync(instances[number % 3].Store(), $"ada{number}"))));

        Assert.Single(users.Distinct());
        Assert.Equal(1, (await RowsAsync()).Users);
        instances[1].Dispose();
        instances[2].Dispose();
    }

    private protected override Task<IHost> StartAsync() => StoreHost.StartSqliteAsync(Patient);

    private protected override Task<StoredRows> RowsAsync() => Host.RowsAsync<CambioDbContext>();
}
