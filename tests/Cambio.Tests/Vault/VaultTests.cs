using Cambio.Storage;
using Cambio.Testing;
using Cambio.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using FakeAnswer = Cambio.Tests.Credentials.FakeAnswer;
using FakeProvider = Cambio.Tests.Credentials.FakeProvider;

namespace Cambio.Tests.Vault;

/// <summary>Who gets what out of the vault, and what becomes of tokens beside refreshing.</summary>
public sealed class VaultTests : IAsyncLifetime
{
    private const string Renewed = """{"access_token":"access-2","token_type":"Bearer","expires_in":5184000}""";
    private const string Renew = "GET /corp.example/renew";
    private const string Extend = "GET /corp.example/extend";

    private static readonly ProviderTokens Good = new("access-1", "refresh-1", VaultRoom.Start.AddHours(1));

    private static readonly (string, string)[] RenewsItself =
    [
        ("Refresh:Endpoint", "https://corp.example/renew"), ("Refresh:Method", "get"), ("Refresh:Omit", "client_id client_secret refresh_token"),
        ("Refresh:Parameters:grant_type", "corp_renew"), ("Refresh:Parameters:access_token", "{access_token}"),
    ];

    private static readonly (string, string)[] Extends =
    [
        ("Extension:Endpoint", "https://corp.example/extend"), ("Extension:Method", "get"),
        ("Extension:Parameters:grant_type", "corp_extend"), ("Extension:Parameters:short", "{access_token}"),
    ];

    private readonly FakeTimeProvider time = new(VaultRoom.Start);
    private readonly InMemoryStore store = new();
    private readonly EphemeralDataProtectionProvider protection = new();
    private FakeProvider fake = null!;

    public async ValueTask InitializeAsync() => fake = await FakeProvider.StartAsync();

    public ValueTask DisposeAsync() => fake.DisposeAsync();

    [Fact]
    public async Task What_is_not_kept_is_not_found()
    {
        await using VaultRoom room = Room();
        UserRef user = await room.KeepAsync(Good);

        Assert.Equal(ErrorCodes.NotFound, (await room.AskAsync(new UserRef("nobody"))).Error?.Code);
        Assert.Equal(ErrorCodes.NotFound, (await room.AskAsync(user, subject: "4712")).Error?.Code);
        Assert.Equal(ErrorCodes.UnknownProvider, (await room.AskAsync(user, "elsewhere")).Error?.Code);
        Assert.Equal("access-1", (await room.AskAsync(user, subject: VaultRoom.Subject)).Value?.Token);
    }

    [Fact]
    public async Task A_payload_that_was_moved_to_another_user_cannot_be_read_there()
    {
        await using VaultRoom room = Room();
        UserRef ada = await room.KeepAsync(Good);
        UserRef mallory = await room.KeepAsync(Good with { AccessToken = "access-m" }, "4712");
        ProtectedProviderTokens hers = (await room.SealedAsync(ada))!;
        await store.TransactAsync<bool>(
            async (transaction, ct) =>
            {
                await transaction.ProviderTokens.SaveAsync(hers with { User = mallory, Subject = "4712" }, ct);
                return true;
            },
            CancellationToken.None);

        Result<ProviderAccessToken> asked = await room.AskAsync(mallory);

        Assert.Equal((ErrorCodes.NotFound, "provider_token_unreadable"), (asked.Error?.Code, asked.Error?.Reason));
        Assert.Contains(room.Logs.Lines, line => line.StartsWith("Error 1013", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_expired_token_without_a_refresh_token_is_at_its_end()
    {
        await using VaultRoom room = Room();
        UserRef user = await room.KeepAsync(Good with { RefreshToken = null });
        time.Advance(TimeSpan.FromHours(1));

        Result<ProviderAccessToken> asked = await room.AskAsync(user);

        Assert.Equal((ErrorCodes.InvalidGrant, "provider_token_expired"), (asked.Error?.Code, asked.Error?.Reason));
        Assert.Empty(fake.Calls);
    }

    [Fact]
    public async Task What_an_old_key_sealed_is_sealed_with_the_newest()
    {
        DirectoryInfo keys = Directory.CreateTempSubdirectory("cambio-keys-");
        try
        {
            await using VaultRoom before = Room(Keys(keys).GetRequiredService<IDataProtectionProvider>());
            UserRef user = await before.KeepAsync(Good);
            byte[] payload = (await before.SealedAsync(user))!.Payload;
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            Keys(keys).GetRequiredService<IKeyManager>().CreateNewKey(now, now.AddDays(90));
            await using VaultRoom after = Room(Keys(keys).GetRequiredService<IDataProtectionProvider>());

            Assert.Equal("access-1", (await after.AskAsync(user)).Value?.Token);

            byte[] anew = (await after.SealedAsync(user))!.Payload;
            Assert.NotEqual(payload, anew);
            Assert.Equal("access-1", (await after.AskAsync(user)).Value?.Token);
            Assert.Equal(anew, (await after.SealedAsync(user))!.Payload);
        }
        finally
        {
            keys.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_token_that_renews_itself_is_renewed_in_its_last_week()
    {
        fake.On(Renew, Renewed);
        await using VaultRoom room = Room(definition: RenewsItself);
        UserRef user = await room.KeepAsync(new ProviderTokens("access-1", null, VaultRoom.Start.AddDays(8)));

        Assert.Equal("access-1", (await room.AskAsync(user)).Value?.Token);
        time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(new ProviderAccessToken("access-2", VaultRoom.Start.AddDays(62)), (await room.AskAsync(user)).Value);
        Assert.Equal(
            new Dictionary<string, string> { ["grant_type"] = "corp_renew", ["access_token"] = "access-1" }, fake.Single(Renew).Query);
    }

    [Fact]
    public async Task While_a_token_is_good_a_renewal_that_fails_is_no_refusal_and_not_tried_at_each_call()
    {
        fake.On(Renew, FakeAnswer.Json("{}", 503));
        await using VaultRoom room = Room(definition: RenewsItself);
        UserRef user = await room.KeepAsync(new ProviderTokens("access-1", null, VaultRoom.Start.AddDays(1)));

        Assert.Equal("access-1", (await room.AskAsync(user)).Value?.Token);
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("access-1", (await room.AskAsync(user)).Value?.Token);
        Assert.Equal(1, fake.Count(Renew));
        time.Advance(TimeSpan.FromHours(24));
        Assert.Equal("provider_token_expired", (await room.AskAsync(user)).Error?.Reason);
        Assert.Equal(1, fake.Count(Renew));
    }

    [Fact]
    public async Task A_short_lived_token_is_extended()
    {
        fake.On(Extend, Renewed);
        await using VaultRoom room = Room(definition: Extends);

        ProviderTokens? kept = await room.Get<TokenExtension>().ExtendAsync(room.Corp, Good, TestContext.Current.CancellationToken);

        Assert.Equal(new ProviderTokens("access-2", "refresh-1", VaultRoom.Start.AddDays(60)), kept);
        Assert.Equal(
            new Dictionary<string, string> { ["grant_type"] = "corp_extend", ["short"] = "access-1", ["client_id"] = "our-client", ["client_secret"] = "our-secret" },
            fake.Single(Extend).Query);
    }

    [Fact]
    public async Task A_short_lived_token_stays_when_it_cannot_be_extended()
    {
        await using VaultRoom room = Room(definition: Extends);
        foreach (FakeAnswer failure in (FakeAnswer[])[FakeAnswer.Json("""{"error":"invalid_grant"}""", 400), FakeAnswer.Json("{}"), new(0, "") { Cut = true }])
        {
            fake.On(Extend, failure);
            Assert.Equal(Good, await room.Get<TokenExtension>().ExtendAsync(room.Corp, Good, TestContext.Current.CancellationToken));
        }

        Assert.Equal(Good, await room.Get<TokenExtension>().ExtendAsync(room.Corp, Good, new CancellationToken(canceled: true)));
        Assert.Equal(4, room.Logs.Lines.Count(line => line.StartsWith("Warning 1011", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_long_lived_token_is_not_extended_nor_is_one_whose_provider_does_not_do_that()
    {
        await using VaultRoom room = Room(definition: Extends);
        await using VaultRoom plain = Room();
        ProviderTokens long_lived = Good with { ExpiresAt = VaultRoom.Start.AddDays(2) };

        Assert.Equal(long_lived, await room.Get<TokenExtension>().ExtendAsync(room.Corp, long_lived, TestContext.Current.CancellationToken));
        Assert.Equal(Good, await plain.Get<TokenExtension>().ExtendAsync(plain.Corp, Good, TestContext.Current.CancellationToken));
        Assert.Empty(fake.Calls);
    }

    [Fact]
    public void Nothing_prints_a_token()
    {
        Assert.DoesNotContain("access-1", Good.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("access-1", new ProviderAccessToken("access-1", null).ToString(), StringComparison.Ordinal);
    }

    private static ServiceProvider Keys(DirectoryInfo folder)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("Cambio").PersistKeysToFileSystem(folder);
        return services.BuildServiceProvider();
    }

    private VaultRoom Room(IDataProtectionProvider? keys = null, (string, string)[]? definition = null) =>
        new(fake, store, keys ?? protection, time, definition ?? []);
}
