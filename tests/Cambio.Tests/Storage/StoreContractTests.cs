using System.Security.Cryptography;
using System.Text;
using Cambio.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Storage;

/// <summary>What the interfaces of the storage room promise, asked of every store.</summary>
public abstract partial class StoreContractTests : IAsyncLifetime
{
    private protected static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    private readonly Queue<UserRef> ids = [];
    private IHost? host;

    private protected IHost Host => host!;

    private IStore Store => Host.Store();

    private ISigningKeyStore SigningKeys => Host.Services.GetRequiredService<ISigningKeyStore>();

    public async ValueTask InitializeAsync()
    {
        host = await StartAsync();
        await InTransactionAsync(async transaction =>
        {
            Assert.Null(await transaction.Accounts.FindByLoginAsync("google", "u1", CancellationToken.None));
            for (int minute = 0; minute < 20; minute++)
            {
                ids.Enqueue(transaction.Accounts.NewUserId(Now.AddMinutes(minute)));
            }
        });
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        Host.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<IHost> StartAsync();

    private protected abstract Task<StoredRows> RowsAsync();

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private async Task<T> InTransactionAsync<T>(Func<IStoreTransaction, Task<T>> work)
        where T : notnull
    {
        Result<T> result = await Store.TransactAsync<T>(async (transaction, _) => await work(transaction), CancellationToken.None);
        Assert.True(result.IsSuccess);
        return result.Value;
    }

    private Task InTransactionAsync(Func<IStoreTransaction, Task> work) => InTransactionAsync(async transaction =>
    {
        await work(transaction);
        return true;
    });

    /// <summary>A work that asks for a value that may be null.</summary>
    private async Task<T?> AskAsync<T>(Func<IStoreTransaction, Task<T?>> question)
        where T : class
    {
        T? answer = null;
        await InTransactionAsync(async transaction =>
        {
            answer = await question(transaction);
        });
        return answer;
    }

    private protected Account NewAccount(string? username = null, string? email = null, bool proven = false) => new()
    {
        User = ids.Dequeue(),
        PreferredUsername = username,
        Email = email,
        EmailVerified = proven,
        EmailProven = proven,
        CreatedAt = Now,
    };

    private async Task<Account> AddAccountAsync(Account account, params (string Provider, string Subject)[] logins)
    {
        await InTransactionAsync(async transaction =>
        {
            Assert.True(await transaction.Accounts.TryCreateUserAsync(account, CancellationToken.None));
            foreach ((string provider, string subject) in logins)
            {
                await transaction.Accounts.AddLoginAsync(NewLogin(account, provider, subject), CancellationToken.None);
            }
        });
        return account;
    }

    private protected static Login NewLogin(Account account, string provider, string subject) =>
        new(provider, subject, account.User, account.Email, Now, Now);

    private static Session NewSession(Account account, string id) => new()
    {
        Id = id,
        User = account.User,
        Provider = "google",
        Subject = "u1",
        CreatedAt = Now,
        LastUsedAt = Now,
        ExpiresAt = Now.AddDays(90),
        UserAgent = "Tests/1.0",
        Address = "127.0.0.1",
    };

    private static RefreshToken NewToken(string name, string session, string? parent = null) =>
        new(Hash(name), session, parent is null ? null : Hash(parent), Now, Now.AddDays(30));

    private static ProtectedApiToken NewApiToken(Account account, string name, string session) => new(Hash(name), account.User, session, [7, 7]);

    private static OneTimeCode NewCode(string name, string purpose = "code") => new(Hash(name), purpose, [1, 2], Now.AddMinutes(1));
}
