using System.Text.Json;
using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Signals;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Testing;
using Cambio.Tests.Credentials;
using Cambio.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using FakeProvider = Cambio.Tests.Credentials.FakeProvider;

namespace Cambio.Tests.Signals;

/// <summary>What every test of signals needs: a provider with a key, users with sessions, and the room as the application builds it.</summary>
public abstract class SignalRoom : IAsyncLifetime
{
    private protected const string Ada = "ada-at-example";
    private protected const string Secret = "our-secret-of-more-than-thirty-two-bytes";

    private ServiceProvider services = null!;

    private protected static TestKey Key { get; } = TestKey.Rsa("k1");

    private protected FakeProvider Fake { get; private set; } = null!;

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private protected long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    private protected InMemoryStore Store => services.GetRequiredService<InMemoryStore>();

    private protected CredentialVerifier Verifier => services.GetRequiredService<CredentialVerifier>();

    private protected AuditEvents Audit { get; } = new();

    /// <summary>How the provider writes; a test has one format.</summary>
    private protected abstract SignalDefinition Definition { get; }

    /// <summary>The provider around it.</summary>
    private protected virtual ProviderDefinition Provider => SampleProvider.OpenId;

    public async ValueTask InitializeAsync()
    {
        Fake = (await FakeProvider.StartAsync()).On("GET /id.example/keys", TestKey.Document(Key));
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Time).AddSingleton<IPublicAddress, Address>().AddSingleton<IAuditSink>(Audit);
        collection.AddCambioCore(new ConfigurationBuilder().Build()).AddInMemoryStore();
        services = collection.BuildServiceProvider();
        await AddAsync("ada", ("example", Ada, "s-ada"));
        await AddAsync("bob", ("example", "bob-at-example", "s-bob"));
        await AddAsync("eve", ("other", Ada, "s-eve"));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Fake.DisposeAsync();
        await services.DisposeAsync();
    }

    /// <summary>The payload with one member replaced, or taken out where there is nothing to put.</summary>
    private protected static string With(string payload, string member, string json)
    {
        var members = JsonDocument.Parse(payload).RootElement.EnumerateObject()
            .Where(other => other.Name != member).Select(other => $"\"{other.Name}\":{other.Value.GetRawText()}");
        return $"{{{string.Join(',', json.Length == 0 ? members : members.Append($"\"{member}\":{json}"))}}}";
    }

    private protected SignalSource Source(SignalDefinition? definition = null, string name = "inbox", string? secret = Secret) =>
        new(SampleProvider.At(Fake, Provider, secret: secret), name, definition ?? Definition);

    private protected Task<Result<SignalReceipt>> ReceiveAsync(string token, SignalSource? source = null) =>
        services.GetRequiredService<SignalDesk>().ReceiveAsync(source ?? Source(), token, "192.0.2.1", TestContext.Current.CancellationToken);

    private protected async Task<SignalReceipt> AcceptedAsync(string token, SignalSource? source = null)
    {
        Result<SignalReceipt> result = await ReceiveAsync(token, source);
        Assert.Null(result.Error?.Reason);
        return result.Value!;
    }

    /// <summary>Refused for this reason, with one event, and everything is as it was.</summary>
    private protected async Task RefusedAsync(string token, string reason, SignalSource? source = null)
    {
        int before = Audit.All.Count;
        Result<SignalReceipt> result = await ReceiveAsync(token, source);
        Assert.Equal((ErrorCodes.InvalidRequest, reason), (result.Error?.Code, result.Error?.Reason));
        AuditEvent written = Assert.Single(Audit.All.Skip(before));
        Assert.Equal(("signal", ErrorCodes.InvalidRequest, reason), (written.Action, written.Outcome, written.Reason));
        Assert.Equal(["s-ada", "s-bob", "s-eve"], Open);
        Assert.Equal(3, Store.Logins.Count);
        Assert.Empty(Store.Replays);
    }

    private protected Task<Result<DateTimeOffset>> ConfirmationAsync(string code, SignalSource? source = null)
    {
        SignalSource at = source ?? Source();
        return services.GetRequiredService<SignalConfirmations>().FindAsync(at.Provider, at.Name, code, TestContext.Current.CancellationToken);
    }

    /// <summary>The sessions that have not ended, in order.</summary>
    private protected IEnumerable<string> Open => Store.Sessions.Where(session => session.EndedAt is null).Select(session => session.Id).Order();

    /// <summary>The logins whose provider tokens are kept.</summary>
    private protected IEnumerable<string> Kept => Store.State.ProviderTokens.Values.Select(tokens => $"{tokens.Provider} {tokens.Subject}").Order();

    /// <summary>A user with logins, each with kept tokens and one session.</summary>
    private protected async Task<Account> AddAsync(string name, params (string Provider, string Subject, string Session)[] logins)
    {
        Account account = null!;
        await ChangeAsync(async (transaction, ct) =>
        {
            account = new Account
            {
                User = transaction.Accounts.NewUserId(Time.GetUtcNow()), CreatedAt = Time.GetUtcNow(), PreferredUsername = name, Name = $"{name} of example",
                Picture = "https://example.com/face.png", Email = $"{name}@example.com", EmailVerified = true, EmailProven = true, ProfileSource = logins[0].Provider, Edited = "picture",
            };
            await transaction.Accounts.TryCreateUserAsync(account, ct);
        });
        foreach ((string provider, string subject, string session) in logins)
        {
            await ChangeAsync(async (transaction, ct) =>
            {
                await transaction.Accounts.AddLoginAsync(new Login(provider, subject, account.User, null, Time.GetUtcNow(), Time.GetUtcNow()), ct);
                await transaction.ProviderTokens.SaveAsync(new ProtectedProviderTokens(account.User, provider, subject, [1], null), ct);
            });
            await OpenAsync(account, provider, subject, session);
        }

        return account;
    }

    private protected Task OpenAsync(Account account, string provider, string subject, string id, string? providerSession = null) => ChangeAsync((transaction, ct) =>
        transaction.Sessions.AddAsync(
            new Session
            {
                Id = id, User = account.User, Provider = provider, Subject = subject, ProviderSessionId = providerSession,
                CreatedAt = Time.GetUtcNow(), LastUsedAt = Time.GetUtcNow(), ExpiresAt = Time.GetUtcNow().AddDays(90),
            },
            new RefreshToken(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id)), id, null, Time.GetUtcNow(), Time.GetUtcNow().AddDays(30)),
            ct));

    private protected Account Named(string name) => Store.Accounts.Single(account => account.Email == $"{name}@example.com");

    private protected async Task ChangeAsync(Func<IStoreTransaction, CancellationToken, Task> change) => await Store.TransactAsync<bool>(
        async (transaction, ct) =>
        {
            await change(transaction, ct);
            return true;
        },
        TestContext.Current.CancellationToken);

    private sealed class Address : IPublicAddress
    {
        public string Value => "https://api.example.com";
    }
}
