using System.Data.Common;
using Cambio.EntityFrameworkCore;
using Cambio.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Storage;

public sealed class SqliteFailureTests : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private IHost? host;

    private IStore Store => host!.Store();

    public async ValueTask InitializeAsync() => host = await StoreHost.StartSqliteAsync(directory.ConnectionString + ";Default Timeout=1");

    public ValueTask DisposeAsync()
    {
        host!.Dispose();
        directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Is_unavailable_while_another_process_writes_and_still_reads()
    {
        await using SqliteConnection other = await OpenAsync();
        await using (await other.BeginTransactionAsync())
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync("ada"));
            Assert.True(await Store.IsReadyAsync(CancellationToken.None));
        }

        await AddAsync("ada");
    }

    [Fact]
    public async Task Keeps_other_processes_from_writing_from_the_first_moment_of_a_transaction()
    {
        await using SqliteConnection other = await OpenAsync();
        other.DefaultTimeout = 1;

        await Store.TransactAsync<bool>(
            (_, _) =>
            {
                SqliteException busy = Assert.Throws<SqliteException>(() => other.BeginTransaction());
                Assert.Equal(SQLitePCL.raw.SQLITE_BUSY, busy.SqliteErrorCode);
                return Task.FromResult<Result<bool>>(true);
            },
            CancellationToken.None);
    }

    [Fact]
    public async Task Is_unavailable_when_the_disk_is_full_and_says_nothing_of_the_data()
    {
        using IHost full = await StoreHost.StartAsync(builder =>
        {
            builder.Services.AddDbContext<CambioDbContext>(options => options
                .UseSqlite(directory.ConnectionString)
                .AddInterceptors(new FullDisk()));
            builder.AddEntityFrameworkStore<CambioDbContext>();
        });

        StoreUnavailableException thrown = await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync(new string('a', 100_000), null, full));

        Assert.Equal(SQLitePCL.raw.SQLITE_FULL, Assert.IsType<SqliteException>(thrown.InnerException).SqliteErrorCode);
        Assert.DoesNotContain("aaaa", thrown.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, (await host!.RowsAsync<CambioDbContext>()).Total);
    }

    [Fact]
    public async Task Is_unavailable_and_not_ready_when_a_table_is_gone()
    {
        await using SqliteConnection other = await OpenAsync();
        await using SqliteCommand command = other.CreateCommand();
        command.CommandText = "ALTER TABLE cambio_users RENAME COLUMN locale TO language";
        await command.ExecuteNonQueryAsync();

        Assert.False(await Store.IsReadyAsync(CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync("ada"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.FindUserAsync(
            new UserRef("0198a1b2-0000-7000-8000-000000000000"), CancellationToken.None));
    }

    [Fact]
    public async Task Names_the_column_of_a_conflict_and_not_its_value()
    {
        await AddAsync("ada", "secret@example.com");

        StoreUnavailableException thrown = await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync("bob", "secret@example.com"));

        Assert.Contains("cambio_users.normalized_email", thrown.InnerException!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_everything_of_a_user_along_when_the_row_is_deleted()
    {
        await AddAsync("ada");

        await host!.ReadAsync<CambioDbContext, int>(static context => context.Database.ExecuteSqlRawAsync("DELETE FROM cambio_users"));

        Assert.Equal(0, (await host!.RowsAsync<CambioDbContext>()).Total);
    }

    private Task AddAsync(string username, string? email = null, IHost? on = null) => (on ?? host!).Store().TransactAsync<bool>(
        async (transaction, cancellationToken) =>
        {
            DateTimeOffset now = DateTimeOffset.UnixEpoch;
            Account account = new()
            {
                User = transaction.Accounts.NewUserId(now),
                PreferredUsername = username,
                Email = email,
                EmailProven = email is not null,
                CreatedAt = now,
            };
            await transaction.Accounts.TryCreateUserAsync(account, cancellationToken);
            await transaction.Accounts.AddLoginAsync(new Login("google", username, account.User, null, now, now), cancellationToken);
            await transaction.ProviderTokens.SaveAsync(new(account.User, "google", username, [1], null), cancellationToken);
            await transaction.Sessions.AddAsync(
                new Session { Id = username, User = account.User, Provider = "google", CreatedAt = now, LastUsedAt = now, ExpiresAt = now },
                new RefreshToken(new byte[32], username, null, now, now),
                cancellationToken);
            return true;
        },
        CancellationToken.None);

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(directory.ConnectionString + ";Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Lets the file grow no further.</summary>
    private sealed class FullDisk : DbConnectionInterceptor
    {
        public override async Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA max_page_count = 1";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
