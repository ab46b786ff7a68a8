using Cambio.EntityFrameworkCore;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
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

    [Fact]
    public async Task Leaves_no_row_of_a_deleted_user_in_any_table()
    {
        string[] before = await FilledTablesAsync();
        Account account = FullAccount(NewAccount().User);
        await Host.Store().TransactAsync<bool>(
            async (transaction, cancellationToken) =>
            {
                await WriteEverythingAsync(transaction, account, cancellationToken);
                return true;
            },
            CancellationToken.None);
        Assert.Equal(8, (await FilledTablesAsync()).Except(before).Count());

        await Host.Store().TransactAsync<bool>(
            async (transaction, cancellationToken) =>
            {
                await transaction.Accounts.DeleteUserAsync(account.User, cancellationToken);
                return true;
            },
            CancellationToken.None);

        Assert.Equal(["cambio_one_time_codes", "cambio_replays"], (await FilledTablesAsync()).Except(before));
    }

    private Task<string[]> FilledTablesAsync() => Host.ReadAsync<CambioDbContext, string[]>(static async context =>
    {
        List<string> filled = [];
        foreach (string table in await context.Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'table' ORDER BY name").ToListAsync())
        {
            string sql = $"SELECT count(*) AS Value FROM \"{table}\"";
            filled.AddRange((await context.Database.SqlQueryRaw<int>(sql).ToListAsync()).Single() > 0 ? [table] : []);
        }

        return [.. filled];
    });

    private protected override Task<IHost> StartAsync() => StoreHost.StartSqliteAsync(Patient);

    private protected override Task<StoredRows> RowsAsync() => Host.RowsAsync<CambioDbContext>();
}
