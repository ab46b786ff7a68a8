using System.Text.Json;
using Cambio.Storage;
using Cambio.Testing;
using Cambio.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.Tokens;

/// <summary>The room as a host composes it, on a store in memory and a clock that stands still.</summary>
internal sealed class TokenRoom : IDisposable
{
    public const string Issuer = "https://api.example.com";

    public static readonly DateTimeOffset Start = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider services;

    public TokenRoom(
        ISigningKeyStore? keys = null, InMemoryStore? store = null, IDataProtectionProvider? protection = null, FakeTimeProvider? time = null,
        Action<CambioOptions>? configure = null)
    {
        Store = store ?? new InMemoryStore();
        Desk = new StoreDesk(Store);
        Time = time ?? new FakeTimeProvider(Start);
        var registrations = new ServiceCollection();
        registrations.AddLogging(logging => logging.AddProvider(Logs));
        registrations.AddOptions<CambioOptions>().Configure(options => configure?.Invoke(options));
        registrations.AddSingleton<IStore>(Desk);
        registrations.AddSingleton(keys ?? Store);
        registrations.AddSingleton<TimeProvider>(Time);
        registrations.AddSingleton(Protection = protection ?? new EphemeralDataProtectionProvider());
        registrations.AddSingleton<IPublicAddress, Address>();
        registrations.AddTokens();
        services = registrations.BuildServiceProvider(validateScopes: true);
    }

    public LogLines Logs { get; } = new();

    public InMemoryStore Store { get; }

    /// <summary>What stands between the room and the store.</summary>
    public StoreDesk Desk { get; }

    public IDataProtectionProvider Protection { get; }

    public FakeTimeProvider Time { get; }

    public SigningKeyRing Ring => services.GetRequiredService<SigningKeyRing>();

    public AccessTokenValidator Validator => services.GetRequiredService<AccessTokenValidator>();

    public Sessions Sessions => services.GetRequiredService<Sessions>();

    public AccessTokenWriter Writer => services.GetRequiredService<AccessTokenWriter>();

    public BearerValidator Bearers => services.GetRequiredService<BearerValidator>();

    public AuthorizationCodes Codes => services.GetRequiredService<AuthorizationCodes>();

    public Handovers Handovers => services.GetRequiredService<Handovers>();

    public TokenRevocation Revocation => services.GetRequiredService<TokenRevocation>();

    public TokenInspection Inspection => services.GetRequiredService<TokenInspection>();

    private RefreshTokens RefreshTokens => services.GetRequiredService<RefreshTokens>();

    private ITokenIssuer TokenIssuer => services.GetRequiredService<ITokenIssuer>();

    public static Account Ada { get; } = new()
    {
        User = new UserRef("u-ada"),
        Name = "Ada Lovelace",
        PreferredUsername = "ada",
        Email = "ada@example.com",
        EmailVerified = true,
        CreatedAt = Start,
    };

    /// <summary>The login that <see cref="Login"/> signs in by.</summary>
    public static Login AdasLogin => new(Login.Provider, Login.Subject, Ada.User, Ada.Email, Start, Start);

    public static SignInContext Login { get; } = new("acme", "acme-1", "Browser/1.0", "203.0.113.7");

    public async Task<IssuedToken> SignInAsync(Account? account = null, SignInContext? login = null)
    {
        await TokenIssuer.PrepareAsync(CancellationToken.None);
        Result<IssuedToken> result = await Store.TransactAsync<IssuedToken>(
            async (transaction, cancellationToken) =>
            {
                Account user = account ?? Ada;
                await EnsureUserAsync(user, transaction);
                return await TokenIssuer.IssueAsync(user, login ?? Login, transaction, cancellationToken);
            },
            CancellationToken.None);
        return result.Value!;
    }

    public Task<Result<TokenGrant>> RefreshAsync(string token, string? clientId = null) => RefreshTokens.RefreshAsync(token, clientId, CancellationToken.None);

    /// <summary>The refresh token that a refresh gave; the test fails when it was refused.</summary>
    public async Task<string> NextAsync(string token)
    {
        Result<TokenGrant> result = await RefreshAsync(token);
        Assert.True(result.IsSuccess, result.Error?.Reason);
        return result.Value.Token.RefreshToken!;
    }

    /// <summary>The private reason of a refusal; the test fails when there was none.</summary>
    public async Task<string> RefusalAsync(string token, string? clientId = null) => Refusal(await RefreshAsync(token, clientId));

    /// <summary>The private reason of a refusal that shows the one body of all bad credentials.</summary>
    public static string Refusal(Result<TokenGrant> result)
    {
        Assert.False(result.IsSuccess);
        Assert.Equal(ErrorCodes.InvalidGrant, result.Error.Code);
        Assert.Equal(ExchangeError.InvalidGrant("any").Description, result.Error.Description);
        return result.Error.Reason;
    }

    public Task<TokenValidationResult> ValidateAsync(string token) => Validator.ValidateAsync(token, CancellationToken.None);

    public async Task<bool> TakesBearerAsync(string token) => (await Bearers.ValidateAsync(token, CancellationToken.None)).IsValid;

    public Task<Result<bool>> EndAsync(IssuedToken token) => Sessions.EndAsync(Ada.User, token.SessionId, CancellationToken.None);

    public Task DisableAsync(bool disabled = true) => ChangeAsync(transaction =>
        transaction.Accounts.UpdateUserAsync(Ada with { Disabled = disabled }, CancellationToken.None));

    public Task DeleteAsync() => ChangeAsync(transaction => transaction.Accounts.DeleteUserAsync(Ada.User, CancellationToken.None));

    public static async Task EnsureUserAsync(Account user, IStoreTransaction transaction)
    {
        if (await transaction.Accounts.FindUserAsync(user.User, CancellationToken.None) is null)
        {
            await transaction.Accounts.TryCreateUserAsync(user, CancellationToken.None);
        }
    }

    public Task ChangeAsync(Func<IStoreTransaction, Task> change) => Store.TransactAsync<bool>(
        async (transaction, _) =>
        {
            await change(transaction);
            return true;
        },
        CancellationToken.None);

    public static JsonElement Part(string token, int index) =>
        JsonSerializer.Deserialize<JsonElement>(Base64UrlEncoder.DecodeBytes(token.Split('.')[index]));

    public void Dispose() => services.Dispose();

    private sealed class Address : IPublicAddress
    {
        public string Value => Issuer;
    }
}
