using Cambio.EntityFrameworkCore;
using Cambio.Storage;
using Cambio.Tests.Storage;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cambio.Tests.Tokens;

/// <summary>What the room promises of parallel calls, on several instances with one database.</summary>
public sealed class TokensOnSqliteTests : IDisposable
{
    private const string Uri = "https://app.example.com/back";
    private static readonly string Verifier = new('v', 43);

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Parallel_first_sign_ins_end_with_one_API_token_that_lives_for_ever()
    {
        IHost[] instances = [await StartAsync(TokenKind.Opaque), await StartAsync(TokenKind.Opaque)];
        Account ada = await SignUpAsync(instances[0]);

        IssuedToken[] tokens = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => SignInAsync(instances[number % 2], ada))));

        IssuedToken token = Assert.Single(tokens.Distinct());
        SessionLookup? found = await instances[1].Store().FindApiTokenAsync(TokenSecret.HashOf(token.AccessToken), CancellationToken.None);
        Assert.Equal((token.SessionId, OpaqueTokenIssuer.Never), (found?.Session.Id, found?.Session.ExpiresAt));
        Stop(instances);
    }

    [Fact]
    public async Task Of_fifty_parallel_refreshes_one_rotates_one_retries_and_the_family_ends()
    {
        IHost[] instances = [await StartAsync(TokenKind.Jwt), await StartAsync(TokenKind.Jwt)];
        Account ada = await SignUpAsync(instances[0]);
        IssuedToken token = await SignInAsync(instances[0], ada);

        Result<TokenGrant>[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(number =>
            Task.Run(() => instances[number % 2].Services.GetRequiredService<RefreshTokens>().RefreshAsync(token.RefreshToken!, null, CancellationToken.None))));

        Assert.Equal(2, results.Count(static result => result.IsSuccess));
        Assert.Equal(ErrorCodes.InvalidToken, (await FindAsync(instances[1], token.SessionId)).Error?.Code);
        Stop(instances);
    }

    // RED-038
    [Fact]
    public async Task Of_parallel_uses_of_a_code_one_opens_the_session_and_the_others_end_it()
    {
        IHost[] instances = [await StartAsync(TokenKind.Jwt), await StartAsync(TokenKind.Jwt)];
        Account ada = await SignUpAsync(instances[0]);
        string code = (await instances[0].Store().TransactAsync<string>(
            async (transaction, cancel) =>
            {
                await transaction.Accounts.AddLoginAsync(TokenRoom.AdasLogin with { User = ada.User }, cancel);
                return await instances[0].Services.GetRequiredService<AuthorizationCodes>().IssueAsync(
                    ada, TokenRoom.Login, new CodeBinding(Pkce.Challenge(Verifier), Uri), transaction, cancel);
            },
            CancellationToken.None)).Value!;

        Result<TokenGrant>[] results = await Task.WhenAll(Enumerable.Range(0, 12).Select(number =>
            Task.Run(() => instances[number % 2].Services.GetRequiredService<AuthorizationCodes>().RedeemAsync(code, new CodeUse(Verifier, Uri), CancellationToken.None))));

        TokenGrant grant = Assert.Single(results, static result => result.IsSuccess).Value!;
        Assert.Equal("session_ended", (await FindAsync(instances[1], grant.Token.SessionId)).Error?.Reason);
        Stop(instances);
    }

    [Fact]
    public async Task Of_parallel_uses_of_a_held_code_one_gets_what_it_holds()
    {
        IHost[] instances = [await StartAsync(TokenKind.Jwt), await StartAsync(TokenKind.Jwt)];
        AuthorizationCodes[] codes = [.. instances.Select(static host => host.Services.GetRequiredService<AuthorizationCodes>())];
        string challenge = Pkce.Challenge(Verifier);
        var held = new HeldExchange { Provider = "acme", Ticket = new string('t', 30_000), CodeChallenge = challenge };
        string code = (await codes[0].HoldAsync(held, new CodeBinding(challenge, Uri), CancellationToken.None)).Value!;

        Result<HeldExchange>[] results = await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
            Task.Run(() => codes[number % 2].TakeHeldAsync(code, Verifier, CancellationToken.None))));

        Assert.Equal(held, Assert.Single(results, static result => result.IsSuccess).Value);
        Assert.All(results.Where(static result => !result.IsSuccess), static result => Assert.Equal("code_reused", result.Error?.Reason));
        Stop(instances);
    }

    private Task<IHost> StartAsync(TokenKind kind) => StoreHost.StartAsync(builder =>
    {
        builder.AddSqliteStore(directory.ConnectionString + ";Default Timeout=30");
        builder.Services.AddDataProtection();
        builder.Services.AddOptions<CambioOptions>().Configure(options => options.Tokens.Kind = kind);
        builder.Services.AddSingleton<IPublicAddress, Address>();
        builder.Services.AddTokens();
    });

    private static void Stop(IHost[] instances) => Array.ForEach(instances, static host => host.Dispose());

    private static Task<Result<SessionLookup>> FindAsync(IHost host, string sessionId) =>
        host.Services.GetRequiredService<Sessions>().FindAsync(sessionId, CancellationToken.None);

    private static async Task<Account> SignUpAsync(IHost host) => (await host.Store().TransactAsync<Account>(
        async (transaction, cancel) =>
        {
            Account account = TokenRoom.Ada with { User = transaction.Accounts.NewUserId(TokenRoom.Start) };
            await transaction.Accounts.TryCreateUserAsync(account, cancel);
            return account;
        },
        CancellationToken.None)).Value!;

    private static async Task<IssuedToken> SignInAsync(IHost host, Account account)
    {
        ITokenIssuer issuer = host.Services.GetRequiredService<ITokenIssuer>();
        await issuer.PrepareAsync(CancellationToken.None);
        return (await host.Store().TransactAsync<IssuedToken>(
            async (transaction, cancel) => await issuer.IssueAsync(account, TokenRoom.Login, transaction, cancel), CancellationToken.None)).Value!;
    }

    private sealed class Address : IPublicAddress
    {
        public string Value => TokenRoom.Issuer;
    }
}
