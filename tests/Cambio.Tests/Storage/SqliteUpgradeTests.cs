using Cambio.EntityFrameworkCore;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Storage;

/// <summary>Files that earlier versions wrote.</summary>
public sealed class SqliteUpgradeTests : IDisposable
{
    private const string User = "0198A1B2-0000-7000-8000-000000000001";

    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeMilliseconds(1_770_000_000_000);

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Brings_a_file_of_the_first_schema_up_to_date_and_keeps_its_rows()
    {
        await WriteFirstSchemaAsync();

        using IHost host = await StoreHost.StartSqliteAsync(directory.ConnectionString);

        Assert.True(await host.Store().IsReadyAsync(CancellationToken.None));
        StoredRows rows = await host.RowsAsync<CambioDbContext>();
        Assert.Equal((1, 1, 1, 0), (rows.Users, rows.RefreshTokens, rows.Replays, rows.Codes));
        Assert.Equal([1, 2, 3], Assert.Single(rows.ProviderTokens).Payload);
        var user = new UserRef(User.ToLowerInvariant());
        Account? account = await host.Store().FindUserAsync(user, CancellationToken.None);
        Assert.Equal(
            new Account { User = user, PreferredUsername = "ada", Email = "ada@example.com", EmailVerified = true, EmailProven = true, Edited = "name", CreatedAt = Then },
            account);
        Assert.Equal(
            new Login("google", "u1", user, "ada@example.com", Then, Then), Assert.Single(await host.Store().ListLoginsAsync(user, CancellationToken.None)));
        Assert.Equal(
            new Session { Id = "s1", User = user, Provider = "google", CreatedAt = Then, LastUsedAt = Then, ExpiresAt = Then.AddDays(90), UserAgent = "Tests/1.0" },
            (await host.Store().FindRefreshTokenAsync([.. Enumerable.Repeat((byte)0xAB, 32)], CancellationToken.None))?.Session);
        ProtectedSigningKey key = Assert.Single(await host.Services.GetRequiredService<ISigningKeyStore>().ListAsync(CancellationToken.None));
        Assert.Equal(new ProtectedSigningKey("k1", 1, "ES256", key.Payload, Then, Then), key);
    }

    [Fact]
    public async Task Ends_the_sessions_of_before_and_opens_new_ones()
    {
        await WriteFirstSchemaAsync();
        using IHost host = await StoreHost.StartSqliteAsync(directory.ConnectionString);
        var user = new UserRef(User.ToLowerInvariant());

        Result<int> ended = await host.Store().TransactAsync<int>(
            async (transaction, cancellationToken) =>
            {
                Session session = new()
                {
                    Id = "s2", User = user, Provider = "google", Subject = "u1", CreatedAt = Then, LastUsedAt = Then, ExpiresAt = Then.AddDays(90),
                };
                await transaction.Sessions.AddAsync(session, new ProtectedApiToken(new byte[32], user, "s2", [1]), cancellationToken);
                return await transaction.Sessions.EndAsync(new SessionFilter { User = user, Except = "s2" }, Then, cancellationToken);
            },
            CancellationToken.None);

        Assert.Equal(1, ended.Value);
        Assert.Equal("s2", (await host.Store().FindApiTokenAsync(new byte[32], CancellationToken.None))?.Session.Id);
    }

    [Fact]
    public async Task Makes_of_an_upgraded_file_what_a_new_one_is()
    {
        await WriteFirstSchemaAsync();
        using var other = new TemporaryDirectory();
        using IHost upgraded = await StoreHost.StartSqliteAsync(directory.ConnectionString);
        using IHost created = await StoreHost.StartSqliteAsync(other.ConnectionString);

        Assert.Equal(await SchemaAsync(created), await SchemaAsync(upgraded));

        static Task<List<string>> SchemaAsync(IHost host) => host.ReadAsync<CambioDbContext, List<string>>(static context =>
            context.Database.SqlQuery<string>($"SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS Value FROM sqlite_master ORDER BY name").ToListAsync());
    }

    [Fact]
    public async Task Has_the_indexes_and_tables_that_the_model_asks_for()
    {
        using var other = new TemporaryDirectory();
        Directory.CreateDirectory(Path.GetDirectoryName(other.DataFile)!);
        await using CambioDbContext model = Open(other.ConnectionString);
        await model.Database.EnsureCreatedAsync();
        using IHost migrated = await StoreHost.StartSqliteAsync(directory.ConnectionString);

        List<string> expected = await ObjectsAsync(model);

        Assert.Equal(expected, await migrated.ReadAsync<CambioDbContext, List<string>>(ObjectsAsync));

        static Task<List<string>> ObjectsAsync(CambioDbContext context) => context.Database.SqlQuery<string>(
            $"""
            SELECT 'index ' || m.tbl_name || ' ' || m.name || ' ' || coalesce(m.sql, '') AS Value FROM sqlite_master m WHERE m.type = 'index' AND m.tbl_name LIKE 'cambio\_%' ESCAPE '\' AND m.tbl_name <> 'cambio_migrations'
            UNION ALL
            SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name LIKE 'cambio\_%' ESCAPE '\' AND m.name <> 'cambio_migrations'
            ORDER BY 1
            """).ToListAsync();
    }

    private static CambioDbContext Open(string connectionString) => new(new DbContextOptionsBuilder<CambioDbContext>()
        .UseSqlite(connectionString, static sqlite => sqlite.MigrationsHistoryTable("cambio_migrations"))
        .Options);

    private async Task WriteFirstSchemaAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(directory.DataFile)!);
        await using CambioDbContext context = Open(directory.ConnectionString);
        await context.GetService<IMigrator>().MigrateAsync("20261124094438_Initial");
        long then = Then.ToUnixTimeMilliseconds();
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO cambio_users (id, preferred_username, normalized_username, email, normalized_email, email_verified, email_proven, edited, disabled, created_at)
            VALUES ({User}, 'ada', 'ADA', 'ada@example.com', 'ada@example.com', 1, 1, 'name', 0, {then});
            INSERT INTO cambio_logins VALUES ('google', 'u1', {User}, 'ada@example.com', {then}, {then});
            INSERT INTO cambio_provider_tokens VALUES ('google', 'u1', {User}, x'010203', NULL);
            INSERT INTO cambio_sessions VALUES ('s1', {User}, 'google', {then}, {then}, {Then.AddDays(90).ToUnixTimeMilliseconds()}, NULL, 'Tests/1.0', NULL);
            INSERT INTO cambio_refresh_tokens VALUES ({Enumerable.Repeat((byte)0xAB, 32).ToArray()}, 's1', NULL, {then}, {then}, NULL, 0);
            INSERT INTO cambio_replays VALUES ('spent', {then});
            INSERT INTO cambio_signing_keys VALUES ('k1', 1, 'ES256', x'01', {then}, {then});
            """);
    }
}
