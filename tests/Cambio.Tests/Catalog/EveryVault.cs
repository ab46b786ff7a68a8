using System.Text.Json;
using Cambio.Providers;
using Cambio.Storage;
using Cambio.Testing;
using Cambio.Vault;

namespace Cambio.Tests.Catalog;

/// <summary>What becomes of a provider's own tokens after a sign-in, in every dialect that the catalogue has for it.</summary>
public sealed class EveryVault(Wiretap wire) : IClassFixture<Wiretap>
{
    private const string Save = ", save-provider-tokens";

    public static TheoryData<string> Refreshing => [.. Folders.Ids.Where(id => HasTokens(id) && (Definition(id).Refresh is not null || HasRefreshToken(id)))];

    public static TheoryData<string> Extending => [.. Folders.Ids.Where(id => HasTokens(id) && Definition(id).Extension is not null)];

    public static TheoryData<string> Revoking =>
        [.. Folders.Ids.Where(id => HasTokens(id) && (Definition(id).RevocationEndpoint ?? Definition(id).Revocation?.Endpoint) is not null)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Refreshing))]
    public async Task Is_refreshed_as_the_folder_says(string id)
    {
        FakeProvider fake = wire.Simulator[id];
        using var exchange = new CaseExchange(fake, wire.Address, more: Save);
        (UserRef user, ProviderTokens kept) = await SignInAsync(exchange, fake);
        string? refreshToken = kept.RefreshToken;
        foreach (bool rotates in (bool[])[true, false])
        {
            fake.RotatesRefreshTokens = rotates;
            await ExpireAsync(exchange, user, id);
            wire.Take();

            Result<ProviderAccessToken> fresh = await exchange.Get<IProviderTokens>().GetAccessTokenAsync(user.Id, id, null, Cancellation);

            Assert.Equal((null, null), (fresh.Error?.Code, fresh.Error?.Reason));
            Assert.NotNull(fake.Behaviour.Context.Tokens.Find(fresh.Value!.Token));
            Assert.NotEqual(kept.AccessToken, fresh.Value.Token);
            ProviderTokens now = await KeptAsync(exchange, user, id);
            Assert.Equal((fresh.Value.Token, rotates && refreshToken is not null), (now.AccessToken, now.RefreshToken != refreshToken));
            HidesSecrets(Assert.Single(wire.Take(), sent => sent.Method != "GET" || fake.Definition.RefreshRequest.Method == CallMethod.Get), fake, fake.Definition.RefreshRequest, kept);
            Assert.Equal(("refresh", 200), (wire.Simulator.Calls[^1].Endpoint, wire.Simulator.Calls[^1].Status));
            (kept, refreshToken) = (now, now.RefreshToken);
        }

        fake.RotatesRefreshTokens = true;
    }

    [Theory]
    [MemberData(nameof(Extending))]
    public async Task Is_extended_as_the_folder_says(string id)
    {
        FakeProvider fake = wire.Simulator[id];
        using var exchange = new CaseExchange(fake, wire.Address, more: Save);
        ProviderTokens kept = (await SignInAsync(exchange, fake)).Kept with { ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(1) };
        Provider provider = exchange.Get<ProviderRegistry>().Find(id).Value!;
        wire.Take();

        ProviderTokens extended = (await exchange.Get<TokenExtension>().ExtendAsync(provider, kept, Cancellation))!;

        Assert.NotEqual(kept.AccessToken, extended.AccessToken);
        Assert.NotNull(fake.Behaviour.Context.Tokens.Find(extended.AccessToken));
        Assert.True(extended.ExpiresAt > kept.ExpiresAt + TimeSpan.FromDays(30));
        HidesSecrets(Assert.Single(wire.Take()), fake, fake.Definition.ExtensionRequest!, kept);
        Assert.Equal(("extension", 200), (wire.Simulator.Calls[^1].Endpoint, wire.Simulator.Calls[^1].Status));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(Save, 1)]
    public async Task Is_extended_where_somebody_keeps_it(string more, int calls)
    {
        FakeProvider fake = wire.Simulator["instagram"];
        using var exchange = new CaseExchange(fake, wire.Address, more: more);
        wire.Take();

        Assert.True((await exchange.RunAsync("code", fake.Mint("ada"))).IsSuccess);

        Assert.Equal(calls, wire.Take().Count(sent => sent.Query.Contains("ig_exchange_token", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_sign_in_without_a_refresh_token_leaves_the_one_that_is_kept()
    {
        FakeProvider fake = wire.Simulator["discord"];
        using var exchange = new CaseExchange(fake, wire.Address, more: Save);
        (UserRef user, ProviderTokens kept) = await SignInAsync(exchange, fake);
        MintedCredentials again = fake.Mint(new MintOptions());

        Assert.True((await exchange.RunAsync("access_token", again)).IsSuccess);

        Assert.NotNull(kept.RefreshToken);
        ProviderTokens now = await KeptAsync(exchange, user, fake.Id);
        Assert.Equal((again.AccessToken, kept.RefreshToken), (now.AccessToken, now.RefreshToken));
        Assert.NotNull(now.ExpiresAt);
    }

    [Theory]
    [MemberData(nameof(Revoking))]
    public async Task Is_revoked_as_the_folder_says(string id)
    {
        FakeProvider fake = wire.Simulator[id];
        using var exchange = new CaseExchange(fake, wire.Address, more: Save);
        (UserRef user, ProviderTokens kept) = await SignInAsync(exchange, fake);
        wire.Take();

        await exchange.Get<ProviderTokenRevoker>().RevokeAsync([await SealedAsync(exchange, user, id)], Cancellation);

        HidesSecrets(Assert.Single(wire.Take()), fake, fake.Definition.RevocationRequest, kept);
        Assert.Equal(("revocation", 200), (wire.Simulator.Calls[^1].Endpoint, wire.Simulator.Calls[^1].Status));
        Assert.Null(fake.Behaviour.Context.Tokens.Find(kept.AccessToken));
        Assert.Null(fake.Behaviour.Context.RefreshTokens.Find(kept.RefreshToken));
    }

    private static ProviderDefinition Definition(string id) => Folders.Definition(id).Definition!;

    private static bool HasTokens(string id) =>
        Folders.Case($"{id}/default.case.json").Answers.TryGetValue("token", out JsonElement token) && token.GetRawText().Contains("{access_token}", StringComparison.Ordinal);

    private static bool HasRefreshToken(string id) =>
        Folders.Case($"{id}/default.case.json").Answers["token"].GetRawText() is var token
        && (token.Contains("\"refresh_token\"", StringComparison.Ordinal) || token.Contains("\"refreshToken\"", StringComparison.Ordinal));

    private static async Task<(UserRef User, ProviderTokens Kept)> SignInAsync(CaseExchange exchange, FakeProvider fake)
    {
        Result<ExchangeResult> result = await exchange.RunAsync("code", fake.Mint(new MintOptions()));
        Assert.Equal((true, null), (result.IsSuccess, exchange.Failure));
        UserRef user = result.Value!.Account.User;
        return (user, await KeptAsync(exchange, user, fake.Id));
    }

    private static async Task<ProtectedProviderTokens> SealedAsync(CaseExchange exchange, UserRef user, string id) =>
        (await exchange.Get<IStore>().FindProviderTokensAsync(user, id, null, Cancellation))!;

    private static async Task<ProviderTokens> KeptAsync(CaseExchange exchange, UserRef user, string id) =>
        exchange.Get<ProviderTokenSeal>().Open(await SealedAsync(exchange, user, id))!;

    // As if the time had passed: what renews itself still holds for a day, everything else is over.
    private static async Task ExpireAsync(CaseExchange exchange, UserRef user, string id)
    {
        ProtectedProviderTokens read = await SealedAsync(exchange, user, id);
        bool renewsItself = exchange.Get<ProviderRegistry>().Find(id).Value!.Definition.Refresh is { ShowsToken: true };
        ProviderTokens expired = (await KeptAsync(exchange, user, id)) with { ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(renewsItself ? 1 : -1) };
        await exchange.Get<IStore>().TransactAsync<bool>(
            async (transaction, ct) =>
            {
                await transaction.ProviderTokens.SaveAsync(exchange.Get<ProviderTokenSeal>().Seal(user, id, read.Subject, expired), ct);
                return true;
            },
            Cancellation);
    }

    private static void HidesSecrets(SentRequest sent, FakeProvider fake, TokenRequestDefinition definition, ProviderTokens tokens)
    {
        Assert.Equal((definition.Method ?? CallMethod.Post).ToString().ToUpperInvariant(), sent.Method);
        Assert.All(definition.Parameters.Keys, name => Assert.Contains(name, sent.Address + sent.Body, StringComparison.Ordinal));
        Assert.All(definition.Headers.Keys, name => Assert.True(sent.Headers.ContainsKey(name), $"{name} was not sent."));
        bool isInAddress = (definition.Body ?? (definition.Method == CallMethod.Get ? RequestBody.Query : RequestBody.Form)) == RequestBody.Query;
        Assert.All(
            isInAddress ? [] : new[] { tokens.AccessToken, tokens.RefreshToken, definition.Auth == ClientAuthenticationMethod.Query ? null : fake.ClientSecret },
            secret => Assert.True(secret is null || !sent.Address.Contains(secret, StringComparison.Ordinal), "A secret stands in the address."));
    }
}
