using Cambio.EntityFrameworkCore;
using Cambio.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Storage;

public sealed class SqliteFaultTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory directory = new();
    private readonly FaultAt fault = new();
    private IHost? host;

    private IStore Store => host!.Store();

    public async ValueTask InitializeAsync() => host = await StoreHost.StartAsync(builder =>
    {
        fault.AddTo(builder.Services);
        builder.AddSqliteStore(directory.ConnectionString);
    });

    public ValueTask DisposeAsync()
    {
        host!.Dispose();
        directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(FaultAt.BrokenDisk)]
    [InlineData(FaultAt.FullDisk)]
    public async Task Leaves_nothing_behind_and_goes_on_whichever_moment_of_a_transaction_fails(int error)
    {
        IReadOnlyList<string> failed = await fault.EachMomentAsync(error, () => Record.ExceptionAsync(SignUpAsync).AsTask(), async thrown =>
        {
            Assert.Equal(fault.Fired, thrown is not null);
            if (thrown is not null)
            {
                Assert.Equal(error, Assert.IsType<SqliteException>(Assert.IsType<StoreUnavailableException>(thrown).InnerException).SqliteErrorCode);
                Assert.Equal(0, (await host!.RowsAsync<CambioDbContext>()).Total);
            }
        });

        Assert.Equal(
            [
                "BEGIN", "INSERT INTO \"cambio_users\"", "INSERT INTO \"cambio_logins\"", "INSERT INTO \"cambio_provider_tokens\"",
                "INSERT INTO \"cambio_sessions\"", "INSERT INTO \"cambio_refresh_tokens\"", "COMMIT",
            ],
            failed);
        Assert.Equal(5, (await host!.RowsAsync<CambioDbContext>()).Total);
    }

    [Fact]
    public async Task Keeps_a_session_and_its_tokens_when_ending_it_fails_half_way()
    {
        await SignUpAsync();

        IReadOnlyList<string> failed = await fault.EachMomentAsync(FaultAt.BrokenDisk, () => Record.ExceptionAsync(EndAsync).AsTask(), async thrown =>
        {
            StoredRows rows = await host!.RowsAsync<CambioDbContext>();
            Assert.Equal(fault.Fired, thrown is StoreUnavailableException);
            Assert.Equal(fault.Fired ? 1 : 0, rows.RefreshTokens);
            Assert.Equal(fault.Fired, Assert.Single(rows.Sessions).EndedAt is null);
        });

        Assert.Equal(5, failed.Count);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("session")]
    [InlineData("API token")]
    [InlineData("refresh token")]
    [InlineData("logins")]
    [InlineData("sessions")]
    [InlineData("provider tokens")]
    [InlineData("keys")]
    [InlineData("add key")]
    [InlineData("retire key")]
    [InlineData("delete key")]
    public async Task Is_unavailable_outside_of_transactions_too(string what)
    {
        IReadOnlyList<string> failed = await fault.EachMomentAsync(FaultAt.BrokenDisk, () => Record.ExceptionAsync(() => AskAsync(what)).AsTask(), thrown =>
        {
            Assert.Equal(fault.Fired, thrown is StoreUnavailableException);
            return Task.CompletedTask;
        });

        Assert.Single(failed);
    }

    [Fact]
    public async Task Is_not_ready_whichever_table_cannot_be_read()
    {
        int tables = await host!.ReadAsync<CambioDbContext, int>(static context => Task.FromResult(context.Model.GetEntityTypes().Count()));

        IReadOnlyList<string> failed = await fault.EachMomentAsync(FaultAt.BrokenDisk, () => Store.IsReadyAsync(CancellationToken.None), ready =>
        {
            Assert.Equal(fault.Fired, !ready);
            return Task.CompletedTask;
        });

        Assert.Equal(tables, failed.Count);
    }

    private Task EndAsync() => Store.TransactAsync<int>(
        static async (transaction, cancellationToken) =>
            await transaction.Sessions.EndAsync(new SessionFilter { Id = "s1" }, Now, cancellationToken),
        CancellationToken.None);

    private Task AskAsync(string what)
    {
        var user = new UserRef("0198a1b2-0000-7000-8000-000000000000");
        ISigningKeyStore keys = host!.Services.GetRequiredService<ISigningKeyStore>();
        return what switch
        {
            "user" => Store.FindUserAsync(user, CancellationToken.None),
            "session" => Store.FindSessionAsync("s1", CancellationToken.None),
            "API token" => Store.FindApiTokenAsync(new byte[32], CancellationToken.None),
            "refresh token" => Store.FindRefreshTokenAsync(new byte[32], CancellationToken.None),
            "logins" => Store.ListLoginsAsync(user, CancellationToken.None),
            "sessions" => Store.ListSessionsAsync(user, Now, CancellationToken.None),
            "provider tokens" => Store.FindProviderTokensAsync(user, "google", null, CancellationToken.None),
            "keys" => keys.ListAsync(CancellationToken.None),
            "add key" => keys.TryAddAsync(new("k1", 1, "ES256", [1], Now, Now), CancellationToken.None),
            "retire key" => keys.RetireAsync("k1", Now, CancellationToken.None),
            "delete key" => keys.DeleteAsync("k1", CancellationToken.None),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
    }

    private Task SignUpAsync() => Store.TransactAsync<bool>(
        static async (transaction, cancellationToken) =>
        {
            Account account = new() { User = transaction.Accounts.NewUserId(Now), PreferredUsername = "ada", CreatedAt = Now };
            await transaction.Accounts.TryCreateUserAsync(account, cancellationToken);
            await transaction.Accounts.AddLoginAsync(new Login("google", "u1", account.User, null, Now, Now), cancellationToken);
            await transaction.ProviderTokens.SaveAsync(new(account.User, "google", "u1", [1], null), cancellationToken);
            await transaction.Sessions.AddAsync(
                new Session { Id = "s1", User = account.User, Provider = "google", CreatedAt = Now, LastUsedAt = Now, ExpiresAt = Now },
                new RefreshToken(new byte[32], "s1", null, Now, Now),
                cancellationToken);
            return true;
        },
        CancellationToken.None);
}
