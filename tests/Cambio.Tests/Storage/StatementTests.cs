using System.Text.RegularExpressions;
using Cambio.EntityFrameworkCore;
using Cambio.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Storage;

public sealed partial class StatementTests : IAsyncLifetime
{
    private static readonly UserRef Somebody = new("0198a1b2-0000-7000-8000-000000000000");

    private static readonly Dictionary<string, SessionFilter> Filters = new()
    {
        ["session"] = new() { Id = "s1" },
        ["session of the user"] = new() { Id = "s1", User = Somebody },
        ["user"] = new() { User = Somebody },
        ["user but one"] = new() { User = Somebody, Except = "s1" },
        ["identity"] = new() { Provider = "google", Subject = "u1" },
        ["identity but one"] = new() { Provider = "google", Subject = "u1", Except = "s1" },
        ["provider session"] = new() { Provider = "google", ProviderSessionId = "p1" },
    };

    private readonly TemporaryDirectory directory = new();
    private readonly StatementRecorder recorder = new();
    private IHost? host;

    private IStore Store => host!.Store();

    public async ValueTask InitializeAsync() => host = await StoreHost.StartAsync(builder =>
    {
        recorder.AddTo(builder.Services);
        builder.AddSqliteStore(directory.ConnectionString);
    });

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
        recorder.Clear();

        await SignInAsync();

        Assert.Equal(["SELECT", "UPDATE", "INSERT", "INSERT"], recorder.Verbs);
    }

    [Theory]
    [MemberData(nameof(LookUps))]
    public async Task Looks_up_by_an_index_in_one_query(string what, string[] indexes)
    {
        recorder.Clear();

        await LookUpAsync(what);

        Assert.Equal(["SELECT"], recorder.Verbs);
        AssertIndexes(indexes);
    }

    public static TheoryData<string, string[]> LookUps => new()
    {
        { "user", ["cambio_users_1"] },
        { "session", ["cambio_sessions_1", "cambio_users_1"] },
        { "API token", ["cambio_api_tokens_1", "cambio_sessions_1", "cambio_users_1"] },
        { "refresh token", ["cambio_refresh_tokens_1", "cambio_sessions_1", "cambio_users_1", "IX_cambio_refresh_tokens_parent"] },
        { "logins", ["IX_cambio_logins_user_id"] },
        { "sessions", ["IX_cambio_sessions_user_id"] },
        { "provider tokens", ["IX_cambio_provider_tokens_user_id", "cambio_logins_1"] },
        { "provider tokens of a login", ["cambio_provider_tokens_1", "cambio_logins_1"] },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Ends_sessions_by_an_index_in_three_statements(string filter, string index)
    {
        recorder.Clear();

        await InTransactionAsync((transaction, cancellationToken) =>
            transaction.Sessions.EndAsync(Filters[filter], DateTimeOffset.UnixEpoch, cancellationToken));

        Assert.Equal(["UPDATE", "DELETE", "DELETE"], recorder.Verbs);
        AssertIndexes([index, "IX_cambio_refresh_tokens_session_id", index, "IX_cambio_api_tokens_session_id", index]);
    }

    public static TheoryData<string, string> Ends => new()
    {
        { "session", "cambio_sessions_1" },
        { "session of the user", "cambio_sessions_1" },
        { "user", "IX_cambio_sessions_user_id" },
        { "user but one", "IX_cambio_sessions_user_id" },
        { "identity", "IX_cambio_sessions_provider_subject" },
        { "identity but one", "IX_cambio_sessions_provider_subject" },
        { "provider session", "IX_cambio_sessions_provider_provider_session_id" },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Writes_by_an_index_in_as_few_statements_as_can_be(string what, string[] verbs, string[] indexes)
    {
        recorder.Clear();

        await InTransactionAsync((transaction, cancellationToken) => WriteAsync(what, transaction, cancellationToken));

        Assert.Equal(verbs, recorder.Verbs);
        AssertIndexes(indexes);
    }

    public static TheoryData<string, string[], string[]> Writes => new()
    {
        { "touch", ["UPDATE"], ["cambio_sessions_1"] },
        { "find API token", ["SELECT"], ["IX_cambio_api_tokens_user_id"] },
        { "spend code", ["UPDATE", "SELECT"], ["cambio_one_time_codes_1", "cambio_one_time_codes_1"] },
        { "replace provider tokens", ["UPDATE"], ["cambio_provider_tokens_1"] },
        { "list provider tokens", ["SELECT"], ["IX_cambio_provider_tokens_user_id"] },
        { "remove provider tokens", ["DELETE"], ["cambio_provider_tokens_1"] },
        { "unlink", ["DELETE"], ["cambio_logins_1", "cambio_provider_tokens_1"] },
        {
            "delete user", ["DELETE"],
            [
                "cambio_users_1", "IX_cambio_api_tokens_user_id", "IX_cambio_provider_tokens_user_id", "IX_cambio_sessions_user_id",
                "IX_cambio_logins_user_id",
            ]
        },
    };

    [Fact]
    public async Task Forgets_expired_rows_by_indexes()
    {
        recorder.Clear();

        await host!.Services.GetServices<IHostedService>().OfType<ExpiredRows>().Single().ForgetAsync(CancellationToken.None);

        Assert.All(recorder.Verbs, static verb => Assert.Equal("DELETE", verb));
        AssertIndexes([
            "IX_cambio_replays_expires_at", "IX_cambio_one_time_codes_expires_at", "IX_cambio_refresh_tokens_expires_at",
            "IX_cambio_sessions_expires_at", "IX_cambio_sessions_ended_at", "IX_cambio_api_tokens_session_id", "IX_cambio_refresh_tokens_session_id"]);
    }

    private Task LookUpAsync(string what) => what switch
    {
        "user" => Store.FindUserAsync(Somebody, CancellationToken.None),
        "session" => Store.FindSessionAsync("s1", CancellationToken.None),
        "API token" => Store.FindApiTokenAsync(new byte[32], CancellationToken.None),
        "refresh token" => Store.FindRefreshTokenAsync(new byte[32], CancellationToken.None),
        "logins" => Store.ListLoginsAsync(Somebody, CancellationToken.None),
        "sessions" => Store.ListSessionsAsync(Somebody, DateTimeOffset.UnixEpoch, CancellationToken.None),
        "provider tokens" => Store.FindProviderTokensAsync(Somebody, "google", null, CancellationToken.None),
        "provider tokens of a login" => Store.FindProviderTokensAsync(Somebody, "google", "u1", CancellationToken.None),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static Task WriteAsync(string what, IStoreTransaction transaction, CancellationToken cancellationToken) => what switch
    {
        "touch" => transaction.Sessions.TouchAsync("s1", DateTimeOffset.UnixEpoch, cancellationToken),
        "find API token" => transaction.Sessions.FindApiTokenAsync(Somebody, cancellationToken),
        "spend code" => transaction.Codes.SpendAsync(new byte[32], "code", DateTimeOffset.UnixEpoch, cancellationToken),
        "replace provider tokens" => transaction.ProviderTokens.TryReplaceAsync(new(Somebody, "google", "u1", [1], null), [2], cancellationToken),
        "list provider tokens" => transaction.ProviderTokens.ListAsync(Somebody, cancellationToken),
        "remove provider tokens" => transaction.ProviderTokens.RemoveAsync("google", "u1", cancellationToken),
        "unlink" => transaction.Accounts.RemoveLoginAsync("google", "u1", cancellationToken),
        "delete user" => transaction.Accounts.DeleteUserAsync(Somebody, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    /// <summary>
    /// The indexes that lead to the rows, in order, those of cascades included; <c>…_1</c> is the table's primary key. A step without one
    /// fails the test.
    /// </summary>
    private void AssertIndexes(string[] expected)
    {
        string[] steps = [.. recorder.Plans(directory.ConnectionString).Where(static step =>
            step.StartsWith("SCAN", StringComparison.Ordinal) || step.StartsWith("SEARCH", StringComparison.Ordinal))];

        Assert.All(steps, static step => Assert.StartsWith("SEARCH", step, StringComparison.Ordinal));
        Assert.Equal(expected, steps.Select(static step => Index().Match(step).Groups[1].Value));
    }

    [GeneratedRegex(@"INDEX (?:sqlite_autoindex_)?(\w+) ")]
    private static partial Regex Index();

    private Task InTransactionAsync(Func<IStoreTransaction, CancellationToken, Task> work) => Store.TransactAsync<bool>(
        async (transaction, cancellationToken) =>
        {
            await work(transaction, cancellationToken);
            return true;
        },
        CancellationToken.None);

    private async Task SignInAsync()
    {
        recorder.Clear();
        await Store.TransactAsync<bool>(SignInAsync, CancellationToken.None);
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

        string id = $"s{recorder.Verbs.Count()}";
        await transaction.Sessions.AddAsync(
            new Session { Id = id, User = account.User, Provider = "google", CreatedAt = now, LastUsedAt = now, ExpiresAt = now },
            new RefreshToken([.. Enumerable.Repeat((byte)recorder.Verbs.Count(), 32)], id, null, now, now),
            cancellationToken);
        return true;
    }
}
