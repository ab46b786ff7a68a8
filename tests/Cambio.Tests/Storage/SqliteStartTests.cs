using Cambio.EntityFrameworkCore;
using Cambio.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.Storage;

public sealed class SqliteStartTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Has_a_migration_for_everything_in_the_model()
    {
        using IHost host = await StoreHost.StartSqliteAsync(directory.ConnectionString);

        Assert.False(await host.ReadAsync<CambioDbContext, bool>(static context => Task.FromResult(context.Database.HasPendingModelChanges())));
    }

    [Fact]
    public async Task Creates_the_directory_of_the_data_file_closed_to_others()
    {
        using IHost host = await StoreHost.StartSqliteAsync(directory.ConnectionString);

        Assert.True(File.Exists(directory.DataFile));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                new FileInfo(Path.GetDirectoryName(directory.DataFile)!).UnixFileMode);
        }
    }

    [Fact]
    public async Task Takes_the_connection_string_from_the_settings_when_none_is_given()
    {
        using IHost host = await StoreHost.StartAsync(builder =>
        {
            var settings = new Dictionary<string, string?> { ["Cambio:Store:ConnectionString"] = directory.ConnectionString };
            builder.Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
            builder.AddSqliteStore();
        });

        Assert.True(File.Exists(directory.DataFile));
    }

    [Fact]
    public async Task Starts_again_on_its_own_file_and_keeps_the_data()
    {
        UserRef user;
        using (IHost first = await StoreHost.StartSqliteAsync(directory.ConnectionString))
        {
            user = await AddUserAsync(first);
        }

        using IHost second = await StoreHost.StartSqliteAsync(directory.ConnectionString);

        Assert.NotNull(await second.Store().FindUserAsync(user, CancellationToken.None));
        Assert.True(await second.Store().IsReadyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Starts_many_instances_at_once_on_a_new_file()
    {
        IHost[] hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => StoreHost.StartSqliteAsync(directory.ConnectionString))));

        Assert.All(await Task.WhenAll(hosts.Select(static host => host.Store().IsReadyAsync(CancellationToken.None))), Assert.True);
        Array.ForEach(hosts, static host => host.Dispose());
    }

    [Fact]
    public async Task Starts_after_an_instance_was_killed_in_the_middle_of_a_migration()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(directory.DataFile)!);
        Execute("""CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL); INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');""");

        using IHost host = await StoreHost.StartSqliteAsync(directory.ConnectionString);

        Assert.True(await host.Store().IsReadyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Refuses_a_file_that_a_newer_version_wrote_and_leaves_it_as_it_is()
    {
        using (await StoreHost.StartSqliteAsync(directory.ConnectionString))
        {
            Execute("""INSERT INTO cambio_migrations VALUES ('99990101000000_Future', '99.0.0'); DROP TABLE cambio_replays;""");
        }

        string message = await MistakeAsync(directory.ConnectionString);

        Assert.Contains("written by a newer version of Cambio (schema 99990101000000_Future)", message, StringComparison.Ordinal);
        Assert.Equal(0L, Execute("SELECT count(*) FROM sqlite_master WHERE name = 'cambio_replays'"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("data/cambio.db")]
    [InlineData("Host=localhost;Database=cambio")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory")]
    [InlineData("Data Source=x;Mode=ReadOnly")]
    public async Task Names_the_setting_when_the_connection_string_is_of_no_use(string? connectionString)
    {
        string message = await MistakeAsync(connectionString);

        Assert.StartsWith("Cambio:Store:ConnectionString ", message, StringComparison.Ordinal);
        Assert.Contains("Data Source=data/cambio.db", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_setting_when_the_directory_cannot_be_made()
    {
        string file = Path.Combine(directory.Path, "file");
        await File.WriteAllTextAsync(file, "");

        string message = await MistakeAsync($"Data Source={file}/cambio.db");

        Assert.StartsWith("Cambio:Store:ConnectionString: ", message, StringComparison.Ordinal);
        Assert.Contains(file, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_setting_when_it_names_a_directory()
    {
        string inside = Path.Combine(directory.Path, "inside");
        Directory.CreateDirectory(inside);

        Assert.StartsWith("Cambio:Store:ConnectionString: ", await MistakeAsync($"Data Source={inside}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_setting_when_the_file_is_no_database()
    {
        string file = Path.Combine(directory.Path, "notes.txt");
        await File.WriteAllTextAsync(file, new string('x', 4096));

        Assert.StartsWith("Cambio:Store:ConnectionString: ", await MistakeAsync($"Data Source={file}"), StringComparison.Ordinal);
        Assert.Equal(new string('x', 4096), await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Sets_up_its_connections_for_one_writer_and_many_readers()
    {
        using IHost host = await StoreHost.StartSqliteAsync(directory.ConnectionString + ";Default Timeout=3");

        string settings = await host.ReadAsync<CambioDbContext, string>(static async context =>
        {
            await context.Database.OpenConnectionAsync();
            var values = new List<string?>();
            foreach (string pragma in (string[])["journal_mode", "synchronous", "foreign_keys", "busy_timeout"])
            {
                using SqliteCommand command = ((SqliteConnection)context.Database.GetDbConnection()).CreateCommand();
                command.CommandText = $"PRAGMA {pragma}";
                values.Add(command.ExecuteScalar()?.ToString());
            }

            return string.Join(' ', values);
        });

        Assert.Equal("wal 1 1 3000", settings);
    }

    [Fact]
    public async Task Refuses_an_application_context_without_the_tables()
    {
        InvalidOperationException thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => StoreHost.StartAsync(builder =>
        {
            builder.Services.AddDbContext<BareContext>(options => options.UseSqlite(directory.ConnectionString));
            builder.AddEntityFrameworkStore<BareContext>();
        }));

        Assert.Contains("BareContext has no tables for Cambio: call modelBuilder.UseCambio()", thrown.Message, StringComparison.Ordinal);
    }

    private static async Task<string> MistakeAsync(string? connectionString) =>
        (await Assert.ThrowsAsync<OptionsValidationException>(() => StoreHost.StartSqliteAsync(connectionString))).Message;

    private static async Task<UserRef> AddUserAsync(IHost host) => (await host.Store().TransactAsync<UserRef>(
        static async (transaction, cancellationToken) =>
        {
            Account account = new() { User = transaction.Accounts.NewUserId(DateTimeOffset.UnixEpoch), CreatedAt = DateTimeOffset.UnixEpoch };
            await transaction.Accounts.TryCreateUserAsync(account, cancellationToken);
            return account.User;
        },
        CancellationToken.None)).Value;

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection(directory.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private sealed class BareContext(DbContextOptions<BareContext> options) : DbContext(options);
}
