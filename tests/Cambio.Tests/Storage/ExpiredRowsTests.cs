using Cambio.EntityFrameworkCore;
using Cambio.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.Storage;

public sealed class ExpiredRowsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Forgets_what_has_been_expired_for_two_days_codes_after_an_hour_and_nothing_else()
    {
        var time = new FakeTimeProvider(Now);
        using IHost host = await StoreHost.StartAsync(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.AddSqliteStore(directory.ConnectionString);
        });
        await host.Store().TransactAsync<bool>(
            static async (transaction, cancellationToken) =>
            {
                Account account = new() { User = transaction.Accounts.NewUserId(Now), CreatedAt = Now };
                await transaction.Accounts.TryCreateUserAsync(account, cancellationToken);
                await transaction.Accounts.AddLoginAsync(new Login("google", "u1", account.User, null, Now, Now), cancellationToken);
                foreach (int days in (int[])[1, 3])
                {
                    DateTimeOffset end = Now.AddDays(days);
                    Session session = new() { Id = $"s{days}", User = account.User, Provider = "google", CreatedAt = Now, LastUsedAt = Now, ExpiresAt = end };
                    RefreshToken token = new([.. Enumerable.Repeat((byte)days, 32)], session.Id, null, Now, end);
                    await transaction.Sessions.AddAsync(session, token, cancellationToken);
                    await transaction.Replays.TryAddAsync($"r{days}", end, cancellationToken);
                    await transaction.Codes.AddAsync(new OneTimeCode(token.Hash, "code", [1], Now.AddDays(4).AddMinutes(days == 1 ? -61 : -59)), cancellationToken);
                }

                return true;
            },
            CancellationToken.None);
        time.SetUtcNow(Now.AddDays(4));

        await host.Services.GetServices<IHostedService>().OfType<ExpiredRows>().Single().ForgetAsync(CancellationToken.None);

        StoredRows rows = await host.RowsAsync<CambioDbContext>();
        Assert.Equal("s3", Assert.Single(rows.Sessions).Id);
        Assert.Equal((1, 1, 1, 1), (rows.Users, rows.RefreshTokens, rows.Replays, rows.Codes));
        Assert.Single(rows.Logins);
    }

    [Fact]
    public async Task Forgets_sessions_that_ended_two_days_ago()
    {
        var time = new FakeTimeProvider(Now);
        using IHost host = await StoreHost.StartAsync(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.AddSqliteStore(directory.ConnectionString);
        });
        await host.Store().TransactAsync<bool>(
            static async (transaction, cancellationToken) =>
            {
                Account account = new() { User = transaction.Accounts.NewUserId(Now), CreatedAt = Now };
                await transaction.Accounts.TryCreateUserAsync(account, cancellationToken);
                foreach (int days in (int[])[1, 3, 5])
                {
                    Session session = new() { Id = $"s{days}", User = account.User, Provider = "google", CreatedAt = Now, LastUsedAt = Now, ExpiresAt = Now.AddDays(90) };
                    RefreshToken token = new([.. Enumerable.Repeat((byte)days, 32)], session.Id, null, Now, Now.AddDays(30));
                    await transaction.Sessions.AddAsync(session, token, cancellationToken);
                }

                await transaction.Sessions.EndAsync(new SessionFilter { Id = "s1" }, Now.AddDays(1), cancellationToken);
                await transaction.Sessions.EndAsync(new SessionFilter { Id = "s3" }, Now.AddDays(3), cancellationToken);
                return true;
            },
            CancellationToken.None);
        time.SetUtcNow(Now.AddDays(4));

        await host.Services.GetServices<IHostedService>().OfType<ExpiredRows>().Single().ForgetAsync(CancellationToken.None);

        Assert.Equal(["s3", "s5"], (await host.RowsAsync<CambioDbContext>()).Sessions.Select(static session => session.Id).Order());
    }
}
