using Cambio.Storage;
using Cambio.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using FakeAnswer = Cambio.Tests.Credentials.FakeAnswer;
using FakeCall = Cambio.Tests.Credentials.FakeCall;
using FakeProvider = Cambio.Tests.Credentials.FakeProvider;

namespace Cambio.Tests.Vault;

/// <summary>How kept tokens are kept fresh, on any store.</summary>
public abstract class RefreshContract : IAsyncLifetime
{
    private protected const string Refreshed = """{"access_token":"access-2","token_type":"Bearer","expires_in":3600,"refresh_token":"refresh-2"}""";

    private protected static readonly ProviderTokens Expired = new("access-1", "refresh-1", VaultRoom.Start.AddSeconds(30));

    private readonly IDataProtectionProvider protection = new EphemeralDataProtectionProvider();
    private readonly FakeTimeProvider time = new(VaultRoom.Start);

    private protected FakeProvider Fake { get; private set; } = null!;

    private protected VaultRoom Room { get; private set; } = null!;

    private protected IStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Fake = (await FakeProvider.StartAsync()).On(VaultRoom.Token, Refreshed);
        Store = await StartStoreAsync();
        Room = Another();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Room.DisposeAsync();
        await StopStoreAsync();
        await Fake.DisposeAsync();
    }

    [Fact]
    public async Task A_token_that_is_good_is_answered_as_it_is()
    {
        UserRef user = await Room.KeepAsync(Expired with { ExpiresAt = VaultRoom.Start.AddSeconds(61) });
        UserRef another = await Room.KeepAsync(Expired with { ExpiresAt = null }, "4712");

        Assert.Equal("access-1", (await Room.AskAsync(user)).Value?.Token);
        Assert.Equal("access-1", (await Room.AskAsync(another)).Value?.Token);
        Assert.Empty(Fake.Calls);
    }

    [Fact]
    public async Task A_token_that_is_about_to_expire_is_refreshed_and_kept()
    {
        UserRef user = await Room.KeepAsync(Expired);

        Result<ProviderAccessToken> fresh = await Room.AskAsync(user);

        Assert.Equal(new ProviderAccessToken("access-2", VaultRoom.Start.AddHours(1)), fresh.Value);
        Assert.Equal(fresh, await Room.AskAsync(user));
        Assert.Equal(new ProviderTokens("access-2", "refresh-2", VaultRoom.Start.AddHours(1)), await Room.KeptAsync(user));
        Assert.Equal(
            new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = "refresh-1", ["client_id"] = "our-client", ["client_secret"] = "our-secret" },
            Fake.Single(VaultRoom.Token).Form);
    }

    [Fact]
    public async Task The_old_refresh_token_stays_where_no_new_one_comes()
    {
        Fake.On(VaultRoom.Token, """{"access_token":"access-2","token_type":"Bearer","expires_in":3600}""");
        UserRef user = await Room.KeepAsync(Expired);

        await Room.AskAsync(user);

        Assert.Equal("refresh-1", (await Room.KeptAsync(user)).RefreshToken);
    }

    [Fact]
    public async Task Fifty_callers_at_once_are_one_call()
    {
        var gate = new TaskCompletionSource();
        Fake.On(VaultRoom.Token, FakeAnswer.Json(Refreshed) with { Gate = gate.Task });
        UserRef user = await Room.KeepAsync(Expired);

        Task<Result<ProviderAccessToken>>[] callers = [.. Enumerable.Range(0, 50).Select(_ => Task.Run(() => Room.AskAsync(user)))];
        gate.SetResult();

        Assert.All(await Task.WhenAll(callers), fresh => Assert.Equal("access-2", fresh.Value?.Token));
        Assert.Single(Fake.Calls);
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_end_the_refresh()
    {
        var gate = new TaskCompletionSource();
        using var leaving = new CancellationTokenSource();
        Fake.On(VaultRoom.Token, FakeAnswer.Json(Refreshed) with { Gate = gate.Task });
        UserRef user = await Room.KeepAsync(Expired);

        Task<Result<ProviderAccessToken>> left = Room.Get<IProviderTokens>().GetAccessTokenAsync(user.Id, VaultRoom.Provider, null, leaving.Token);
        Task<Result<ProviderAccessToken>> stays = Room.AskAsync(user);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        gate.SetResult();

        Assert.Equal("access-2", (await stays).Value?.Token);
    }

    [Fact]
    public async Task An_outage_leaves_what_is_kept()
    {
        UserRef user = await Room.KeepAsync(Expired);
        ProtectedProviderTokens? before = await Room.SealedAsync(user);
        foreach (FakeAnswer outage in (FakeAnswer[])[new(0, "") { Cut = true }, FakeAnswer.Json("{}", 503), FakeAnswer.Json("""{"error":"temporarily_unavailable"}""", 400)])
        {
            Fake.On(VaultRoom.Token, outage);
            Assert.Equal(ErrorCodes.TemporarilyUnavailable, (await Room.AskAsync(user)).Error?.Code);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Fake.On(VaultRoom.Token, "<html>");
        Assert.Equal(ErrorCodes.ProviderError, (await Room.AskAsync(user)).Error?.Code);
        Assert.Equal(before?.Payload, (await Room.SealedAsync(user))?.Payload);

        time.Advance(TimeSpan.FromMinutes(1));
        Fake.On(VaultRoom.Token, Refreshed);
        Assert.Equal("access-2", (await Room.AskAsync(user)).Value?.Token);
    }

    [Fact]
    public async Task A_dead_refresh_token_is_asked_about_once()
    {
        Fake.On(VaultRoom.Token, FakeAnswer.Json("""{"error":"invalid_grant"}""", 400));
        UserRef user = await Room.KeepAsync(Expired);

        Assert.Equal((ErrorCodes.InvalidGrant, "provider_refresh_token_dead"), Refusal(await Room.AskAsync(user)));
        Assert.Equal((ErrorCodes.InvalidGrant, "provider_token_expired"), Refusal(await Room.AskAsync(user)));
        Assert.Single(Fake.Calls);
        Assert.Equal(Expired with { RefreshToken = null }, await Room.KeptAsync(user));
    }

    [Fact]
    public async Task A_refusal_in_other_words_does_not_cost_the_refresh_token()
    {
        Fake.On(VaultRoom.Token, FakeAnswer.Json("""{"error":"invalid_request"}""", 400));
        UserRef user = await Room.KeepAsync(Expired);

        Assert.Equal(ErrorCodes.InvalidGrant, (await Room.AskAsync(user)).Error?.Code);
        Assert.Equal("refresh-1", (await Room.KeptAsync(user)).RefreshToken);
    }

    [Fact]
    public async Task A_sign_in_that_came_between_counts()
    {
        UserRef user = await Room.KeepAsync(Expired);
        Fake.On(VaultRoom.Token, (FakeCall _) => FakeAnswer.Json(Refreshed) with
        {
            Gate = Room.SaveAsync(user, new ProviderTokens("access-9", "refresh-9", VaultRoom.Start.AddHours(2))),
        });

        Assert.Equal("access-9", (await Room.AskAsync(user)).Value?.Token);
        Assert.Equal("refresh-9", (await Room.KeptAsync(user)).RefreshToken);
    }

    [Fact]
    public async Task A_login_that_went_meanwhile_takes_its_tokens_along_and_the_new_ones_are_revoked()
    {
        Fake.On(VaultRoom.Revoke, new FakeAnswer(200, "", "text/html"));
        UserRef user = await Room.KeepAsync(Expired);
        Fake.On(VaultRoom.Token, (FakeCall _) => FakeAnswer.Json(Refreshed) with
        {
            Gate = Store.TransactAsync<bool>(
                async (transaction, ct) =>
                {
                    await transaction.ProviderTokens.RemoveAsync(VaultRoom.Provider, VaultRoom.Subject, ct);
                    return true;
                },
                CancellationToken.None),
        });

        Assert.Equal(ErrorCodes.NotFound, (await Room.AskAsync(user)).Error?.Code);
        Assert.Equal("refresh-2", Fake.Single(VaultRoom.Revoke).Form["token"]);
    }

    [Fact]
    public async Task Of_two_instances_one_refreshes_and_the_other_takes_what_came_of_it()
    {
        await using VaultRoom other = Another();
        var gate = new TaskCompletionSource();
        Fake.On(VaultRoom.Token, FakeAnswer.Json(Refreshed) with { Gate = gate.Task });
        UserRef user = await Room.KeepAsync(Expired);

        Task<Result<ProviderAccessToken>> first = Room.AskAsync(user);
        await UntilAsync(() => Fake.Count(VaultRoom.Token) == 1);
        Task<Result<ProviderAccessToken>> second = Task.Run(() => other.AskAsync(user));
        gate.SetResult();
        Assert.Equal("access-2", (await first).Value?.Token);
        await UntilAsync(() => second.IsCompleted, TimeSpan.FromMilliseconds(50));

        Assert.Equal("access-2", (await second).Value?.Token);
        Assert.Single(Fake.Calls);
    }

    [Fact]
    public async Task An_instance_that_waits_in_vain_says_so()
    {
        await using VaultRoom other = Another();
        var gate = new TaskCompletionSource();
        Fake.On(VaultRoom.Token, FakeAnswer.Json(Refreshed) with { Gate = gate.Task });
        UserRef user = await Room.KeepAsync(Expired);

        Task<Result<ProviderAccessToken>> first = Room.AskAsync(user);
        await UntilAsync(() => Fake.Count(VaultRoom.Token) == 1);
        Task<Result<ProviderAccessToken>> second = Task.Run(() => other.AskAsync(user));
        await UntilAsync(() => second.IsCompleted, TimeSpan.FromMilliseconds(50));

        Assert.Equal((ErrorCodes.TemporarilyUnavailable, "provider_refresh_under_way"), Refusal(await second));
        Assert.Single(Fake.Calls);
        gate.SetResult();
        await first;
    }

    private protected static (string?, string?) Refusal<T>(Result<T> result)
        where T : notnull => (result.Error?.Code, result.Error?.Reason);

    private protected VaultRoom Another(params (string Key, string Value)[] definition) => new(Fake, Store, protection, time, definition);

    private protected abstract Task<IStore> StartStoreAsync();

    private protected abstract Task StopStoreAsync();

    // Waiting by the clock of the rooms, which stands still but for this.
    private async Task UntilAsync(Func<bool> holds, TimeSpan step = default)
    {
        for (int i = 0; i < 2000 && !holds(); i++)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
            time.Advance(step);
        }

        Assert.True(holds());
    }
}
