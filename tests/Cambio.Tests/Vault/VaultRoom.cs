using Cambio.Providers;
using Cambio.Storage;
using Cambio.Tests.Providers;
using Cambio.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using FakeProvider = Cambio.Tests.Credentials.FakeProvider;

namespace Cambio.Tests.Vault;

/// <summary>One instance of an application that keeps the tokens of one provider, on a store that it may share.</summary>
internal sealed class VaultRoom : IAsyncDisposable
{
    public const string Provider = "corp";
    public const string Subject = "4711";
    public const string Token = "POST /corp.example/token";
    public const string Revoke = "POST /corp.example/revoke";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider services;

    public VaultRoom(FakeProvider fake, IStore store, IDataProtectionProvider protection, FakeTimeProvider time, params (string Key, string Value)[] definition)
    {
        Store = store;
        Time = time;
        var settings = new Dictionary<string, string?>
        {
            ["Cambio:Http:Simulator"] = fake.Address.AbsoluteUri,
            ["Cambio:Providers:corp:ClientId"] = "our-client",
            ["Cambio:Providers:corp:ClientSecret"] = "our-secret",
            ["Cambio:Providers:corp:Definition:Name"] = "Corp",
            ["Cambio:Providers:corp:Definition:AuthorizationEndpoint"] = "https://corp.example/authorize",
            ["Cambio:Providers:corp:Definition:TokenEndpoint"] = "https://corp.example/token",
            ["Cambio:Providers:corp:Definition:RevocationEndpoint"] = "https://corp.example/revoke",
            ["Cambio:Providers:corp:Definition:Userinfo:profile:Url"] = "https://corp.example/me",
        };
        foreach ((string key, string value) in definition)
        {
            settings[$"Cambio:Providers:corp:Definition:{key}"] = value;
        }

        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(time).AddSingleton(store).AddSingleton(protection);
        collection.AddLogging(logging => logging.AddProvider(Logs));
        collection.AddCambioCore(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services = collection.BuildServiceProvider();
    }

    public IStore Store { get; }

    public FakeTimeProvider Time { get; }

    public LogLines Logs { get; } = new();

    public Provider Corp => Get<ProviderRegistry>().Find(Provider).Value!;

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<Result<ProviderAccessToken>> AskAsync(UserRef user, string provider = Provider, string? subject = null) =>
        Get<IProviderTokens>().GetAccessTokenAsync(user.Id, provider, subject, TestContext.Current.CancellationToken);

    /// <summary>Keeps tokens for a new user.</summary>
    public async Task<UserRef> KeepAsync(ProviderTokens tokens, string subject = Subject)
    {
        Result<UserRef> kept = await Store.TransactAsync<UserRef>(
            async (transaction, ct) =>
            {
                UserRef user = transaction.Accounts.NewUserId(Start);
                await transaction.Accounts.TryCreateUserAsync(new Account { User = user, CreatedAt = Start }, ct);
                await transaction.Accounts.AddLoginAsync(new Login(Provider, subject, user, null, Start, Start), ct);
                await transaction.ProviderTokens.SaveAsync(Get<ProviderTokenSeal>().Seal(user, Provider, subject, tokens), ct);
                return user;
            },
            TestContext.Current.CancellationToken);
        return kept.Value;
    }

    /// <summary>Keeps other tokens for the same login, as a sign-in does.</summary>
    public Task SaveAsync(UserRef user, ProviderTokens tokens) => Store.TransactAsync<bool>(
        async (transaction, ct) =>
        {
            await transaction.ProviderTokens.SaveAsync(Get<ProviderTokenSeal>().Seal(user, Provider, Subject, tokens), ct);
            return true;
        },
        TestContext.Current.CancellationToken);

    public Task<ProtectedProviderTokens?> SealedAsync(UserRef user) =>
        Store.FindProviderTokensAsync(user, Provider, null, TestContext.Current.CancellationToken);

    public async Task<ProviderTokens> KeptAsync(UserRef user) => Get<ProviderTokenSeal>().Open((await SealedAsync(user))!)!;

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
