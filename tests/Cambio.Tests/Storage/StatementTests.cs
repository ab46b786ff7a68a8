using System.Data.Common;
using Cambio.EntityFrameworkCore;
using Cambio.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Storage;

public sealed class StatementTests : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly Recorder recorder = new();
    private IHost? host;

    public async ValueTask InitializeAsync()
    {
        host = await StoreHost.StartAsync(builder =>
        {
            builder.Services.AddDbContext<ApplicationContext>(options => options
                .UseSqlite($"Data Source={directory.Path}/app.db")
                .AddInterceptors(recorder));
            builder.AddEntityFrameworkStore<ApplicationContext>();
        });
        await host.ReadAsync<ApplicationContext, bool>(static context => context.Database.EnsureCreatedAsync());
    }

    public ValueTask DisposeAsync()
    {
        host!.Dispose();
        directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Signs_a_new_user_up_in_one_statement_for_each_row()
    {
        await SignInAsync();

        Assert.Equal(["SELECT", "SELECT", "INSERT", "INSERT", "INSERT", "INSERT"], recorder.Verbs);
    }

    [Fact]
    public async Task Finds_a_known_user_in_one_query()
    {
        await SignInAsync();
        recorder.Verbs.Clear();

        await SignInAsync();

        Assert.Equal(["SELECT", "UPDATE", "INSERT", "INSERT"], recorder.Verbs);
    }

    private async Task SignInAsync()
    {
        recorder.Verbs.Clear();
        await host!.Store().TransactAsync<bool>(SignInAsync, CancellationToken.None);
    }

    private async Task<Result<bool>> SignInAsync(IStoreTransaction transaction, CancellationToken cancellationToken)
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        Account? account = await transaction.Accounts.FindByLoginAsync("google", "u1", cancellationToken);
        if (account is null)
        {
            Assert.Empty(await transaction.Accounts.FindByEmailAsync("ada@example.com", "google", cancellationToken));
            account = new Account { User = transaction.Accounts.NewUserId(now), CreatedAt = now };
            Assert.True(await transaction.Accounts.TryCreateUserAsync(account, cancellationToken));
            await transaction.Accounts.AddLoginAsync(new Login("google", "u1", account.User, null, now, now), cancellationToken);
        }
        else
        {
            await transaction.Accounts.UpdateLoginAsync(new Login("google", "u1", account.User, null, now, now), cancellationToken);
        }

        string id = $"s{recorder.Verbs.Count}";
        await transaction.Sessions.AddAsync(
            new Session { Id = id, User = account.User, Provider = "google", CreatedAt = now, LastUsedAt = now, ExpiresAt = now },
            new RefreshToken([.. Enumerable.Repeat((byte)recorder.Verbs.Count, 32)], id, null, now, now),
            cancellationToken);
        return true;
    }

    private sealed class Recorder : DbCommandInterceptor
    {
        public List<string> Verbs { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Record(command, result));

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Record(command, result));

        private T Record<T>(DbCommand command, T result)
        {
            Verbs.Add(command.CommandText[..6]);
            return result;
        }
    }
}
