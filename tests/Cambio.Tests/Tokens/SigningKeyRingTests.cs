using Cambio.Storage;
using Cambio.Testing;
using Cambio.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class SigningKeyRingTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Makes_the_first_key_when_there_is_none_and_keeps_it_encrypted()
    {
        var protection = new EphemeralDataProtectionProvider();
        using var room = new TokenRoom(protection: protection);

        SigningKey key = (await room.Ring.GetAsync(None)).Signing(TokenRoom.Start);

        ProtectedSigningKey stored = Assert.Single(await room.Store.ListAsync(None));
        Assert.Equal(key.Id, stored.Id);
        byte[] privateKey = protection.CreateProtector("Cambio.SigningKey.v1").Unprotect(stored.Payload);
        Assert.Equal(-1, stored.Payload.AsSpan().IndexOf(privateKey));
        Assert.Equal(privateKey, Assert.IsType<ECDsaSecurityKey>(key.Security).ECDsa.ExportPkcs8PrivateKey());
    }

    [Fact]
    public async Task Lists_the_keys_once_for_all_who_ask_at_the_same_time()
    {
        using var gate = new GatedKeys();
        using var room = new TokenRoom(gate);
        Task<SigningKeySet>[] asking = [.. Enumerable.Range(0, 20).Select(_ => room.Ring.GetAsync(None).AsTask())];

        gate.Open();
        SigningKeySet[] sets = await Task.WhenAll(asking);

        Assert.All(sets, set => Assert.Same(sets[0], set));
        Assert.Equal(2, gate.Listings); // before and after the first key was made
        Assert.Equal(1, gate.Additions);
    }

    [Fact]
    public async Task One_who_stops_waiting_does_not_stop_the_others()
    {
        using var gate = new GatedKeys();
        using var room = new TokenRoom(gate);
        using var leaving = new CancellationTokenSource();
        Task<SigningKeySet> one = room.Ring.GetAsync(leaving.Token).AsTask();
        Task<SigningKeySet> other = room.Ring.GetAsync(None).AsTask();

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        gate.Open();

        Assert.NotNull(await other);
    }

    [Fact]
    public async Task Uses_the_key_of_the_instance_that_was_first()
    {
        var protection = new EphemeralDataProtectionProvider();
        var store = new InMemoryStore();
        TokenRoom[] instances = [.. Enumerable.Range(0, 8).Select(_ => new TokenRoom(store: store, protection: protection))];

        SigningKeySet[] sets = await Task.WhenAll(instances.Select(room => Task.Run(() => room.Ring.GetAsync(None).AsTask())));

        ProtectedSigningKey only = Assert.Single(await store.ListAsync(None));
        Assert.All(sets, set => Assert.Equal(only.Id, set.Signing(TokenRoom.Start).Id));
    }

    [Fact]
    public async Task Announces_the_next_key_before_it_signs_and_publishes_the_old_one_after()
    {
        using var room = new TokenRoom();
        string first = (await room.Ring.GetAsync(None)).Signing(room.Time.GetUtcNow()).Id;

        room.Time.Advance(TimeSpan.FromDays(90));
        SigningKeySet announced = await room.Ring.RefreshAsync(None);
        string[] published = [.. announced.Published(room.Time.GetUtcNow()).Select(static key => key.Id)];
        Assert.Equal(2, published.Length);
        Assert.Equal(first, announced.Signing(room.Time.GetUtcNow()).Id);

        room.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(published[1], announced.Signing(room.Time.GetUtcNow()).Id);
        Assert.Equal(published, announced.Published(room.Time.GetUtcNow()).Select(static key => key.Id));

        room.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal([published[1]], announced.Published(room.Time.GetUtcNow()).Select(static key => key.Id));

        // An instance that still has it in memory lists it no more.
        Assert.NotNull(announced.Held(first));
        await room.Ring.RefreshAsync(None);
        Assert.Null((await room.Ring.RefreshAsync(None)).Held(first));
        Assert.Equal(published[1], Assert.Single(await room.Store.ListAsync(None)).Id);
        Assert.Equal(1, room.Logs.Count(3010));
    }

    [Fact]
    public async Task Opens_each_key_once()
    {
        using var room = new TokenRoom();
        SigningKeySet before = await room.Ring.GetAsync(None);
        string id = before.Signing(TokenRoom.Start).Id;

        Assert.Same(before.Held(id), (await room.Ring.RefreshAsync(None)).Held(id));
    }

    [Fact]
    public async Task Changing_the_algorithm_makes_a_key_that_signs_after_an_hour_and_both_verify_meanwhile()
    {
        var protection = new EphemeralDataProtectionProvider();
        using var before = new TokenRoom(protection: protection);
        string old = (await before.SignInAsync()).AccessToken;
        using var after = new TokenRoom(store: before.Store, protection: protection, time: before.Time, configure: Rsa);
        SigningKeySet set = await after.Ring.GetAsync(None);
        Assert.Equal(["ES256", "RS256"], set.Published(after.Time.GetUtcNow()).Select(static key => key.Algorithm));
        Assert.Equal("ES256", set.Signing(after.Time.GetUtcNow()).Algorithm);

        after.Time.Advance(TimeSpan.FromHours(1));
        await before.Ring.RefreshAsync(None);
        await after.Ring.RefreshAsync(None);
        string one = (await after.SignInAsync()).AccessToken;
        string other = (await before.SignInAsync()).AccessToken;

        Assert.All([one, other], token => Assert.Equal("RS256", TokenRoom.Part(token, 0).GetProperty("alg").GetString()));
        Assert.True((await before.ValidateAsync(one)).IsValid);
        Assert.True((await after.ValidateAsync(other)).IsValid);
        Assert.Equal(2, (await before.Store.ListAsync(None)).Count);
        Assert.NotNull(after.Ring.Known(TokenRoom.Part(old, 0).GetProperty("kid").GetString()!));
    }

    [Fact]
    public async Task A_retired_key_is_dropped_with_the_next_listing_and_replaced_in_it()
    {
        var protection = new EphemeralDataProtectionProvider();
        using var one = new TokenRoom(protection: protection);
        using var other = new TokenRoom(store: one.Store, protection: protection, time: one.Time);
        string token = (await one.SignInAsync()).AccessToken;
        Assert.True((await other.ValidateAsync(token)).IsValid);
        string retired = (await one.Ring.GetAsync(None)).Signing(one.Time.GetUtcNow()).Id;

        await one.Store.RetireAsync(retired, one.Time.GetUtcNow(), None);
        SigningKeySet first = await one.Ring.RefreshAsync(None);
        SigningKeySet second = await other.Ring.RefreshAsync(None);

        Assert.NotEqual(retired, first.Signing(one.Time.GetUtcNow()).Id);
        Assert.Equal(first.Signing(one.Time.GetUtcNow()).Id, second.Signing(one.Time.GetUtcNow()).Id);
        Assert.Equal(2, (await one.Store.ListAsync(None)).Count);
        Assert.All([one, other], room =>
        {
            Assert.Null(room.Ring.Known(retired));
            Assert.Equal(1, room.Logs.Count(3012));
        });
        Assert.False((await one.ValidateAsync(token)).IsValid);
        Assert.False((await other.ValidateAsync(token)).IsValid);
        Assert.True((await other.ValidateAsync((await one.SignInAsync()).AccessToken)).IsValid);
    }

    [Fact]
    public async Task A_retired_key_stops_signing_even_while_the_store_takes_no_new_one()
    {
        using var keys = new GatedKeys();
        keys.Open();
        using var room = new TokenRoom(keys);
        string token = (await room.SignInAsync()).AccessToken;
        string retired = (await room.Ring.GetAsync(None)).Signing(TokenRoom.Start).Id;

        await keys.RetireAsync(retired, TokenRoom.Start, None);
        keys.ReadOnly = true;
        await room.Ring.RefreshAsync(None);
        Assert.False((await room.ValidateAsync(token)).IsValid);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => room.SignInAsync());
        Assert.Equal(1, room.Logs.Count(3011));

        keys.ReadOnly = false;
        await room.Ring.RefreshAsync(None);
        Assert.True((await room.ValidateAsync((await room.SignInAsync()).AccessToken)).IsValid);
    }

    [Fact]
    public async Task A_key_that_cannot_be_deleted_stops_nothing()
    {
        using var keys = new GatedKeys();
        keys.Open();
        using var room = new TokenRoom(keys);
        await room.Ring.GetAsync(None);
        room.Time.Advance(TimeSpan.FromDays(90));
        await room.Ring.RefreshAsync(None);
        room.Time.Advance(TimeSpan.FromDays(3));

        keys.ReadOnly = true;
        Assert.NotNull((await room.Ring.RefreshAsync(None)).Signing(room.Time.GetUtcNow()));
        Assert.Equal(2, (await keys.ListAsync(None)).Count);

        keys.ReadOnly = false;
        await room.Ring.RefreshAsync(None);
        Assert.Single(await keys.ListAsync(None));
    }

    [Fact]
    public async Task When_the_only_readable_key_is_retired_nothing_signs_until_the_operator_decides_on_the_others()
    {
        using var room = new TokenRoom();
        string token = (await room.SignInAsync()).AccessToken;
        string readable = (await room.Ring.GetAsync(None)).Signing(TokenRoom.Start).Id;
        await room.Store.TryAddAsync(new ProtectedSigningKey("lost", 2, "ES256", [1, 2, 3], TokenRoom.Start, TokenRoom.Start), None);
        await room.Store.RetireAsync(readable, TokenRoom.Start, None);

        await Assert.ThrowsAsync<OptionsValidationException>(() => room.Ring.RefreshAsync(None));
        Assert.Null(room.Ring.Known(readable));
        await Assert.ThrowsAsync<OptionsValidationException>(() => room.ValidateAsync(token));

        await room.Store.RetireAsync("lost", TokenRoom.Start, None);
        await room.Ring.RefreshAsync(None);
        Assert.False((await room.ValidateAsync(token)).IsValid);
        Assert.True((await room.ValidateAsync((await room.SignInAsync()).AccessToken)).IsValid);
    }

    [Fact]
    public async Task Never_deletes_a_key_that_another_instance_may_be_signing_with()
    {
        using var room = new TokenRoom();
        await room.Store.TryAddAsync(new ProtectedSigningKey("elsewhere", 1, "ES256", [1, 2, 3], TokenRoom.Start, TokenRoom.Start), None);
        await room.Store.TryAddAsync(
            new SigningKeyVault(room.Protection).Create(SigningAlgorithm.ES256, 2, TokenRoom.Start, TokenRoom.Start), None);

        room.Time.Advance(TimeSpan.FromDays(30));
        await room.Ring.RefreshAsync(None);
        Assert.Equal(2, (await room.Store.ListAsync(None)).Count);

        await room.Store.RetireAsync("elsewhere", room.Time.GetUtcNow(), None);
        await room.Ring.RefreshAsync(None);
        Assert.Single(await room.Store.ListAsync(None));
    }

    [Fact]
    public async Task Looks_for_an_unknown_key_in_the_store_but_not_more_often_than_every_ten_seconds()
    {
        using var keys = new GatedKeys();
        keys.Open();
        using var room = new TokenRoom(keys);
        await room.Ring.GetAsync(None);
        int before = keys.Listings;

        Assert.Null(await room.Ring.FindAsync("invented", None));
        Assert.Equal(before, keys.Listings);

        room.Time.Advance(TimeSpan.FromSeconds(10));
        for (int i = 0; i < 50; i++)
        {
            Assert.Null(await room.Ring.FindAsync($"invented-{i}", None));
        }

        Assert.Equal(before + 1, keys.Listings);
    }

    [Fact]
    public async Task Finds_a_key_that_another_instance_made_meanwhile()
    {
        var protection = new EphemeralDataProtectionProvider();
        var store = new InMemoryStore();
        var time = new FakeTimeProvider(TokenRoom.Start);
        using var one = new TokenRoom(store: store, protection: protection, time: time);
        using var other = new TokenRoom(store: store, protection: protection, time: time);
        await one.Ring.GetAsync(None);
        await other.Ring.GetAsync(None);

        time.Advance(TimeSpan.FromDays(90));
        await one.Ring.RefreshAsync(None);
        string made = (await store.ListAsync(None))[1].Id;

        Assert.Null(other.Ring.Known(made));
        Assert.NotNull(await other.Ring.FindAsync(made, None));
    }

    [Fact]
    public async Task Keeps_its_keys_while_the_store_cannot_serve()
    {
        using var keys = new GatedKeys();
        keys.Open();
        using var room = new TokenRoom(keys);
        SigningKeySet before = await room.Ring.GetAsync(None);

        keys.Failing = true;
        Assert.Same(before, await room.Ring.RefreshAsync(None));
        Assert.Equal(1, room.Logs.Count(3003));

        keys.Failing = false;
        Assert.NotSame(before, await room.Ring.RefreshAsync(None));
    }

    [Fact]
    public async Task Tells_when_it_never_had_keys_and_tries_again_later()
    {
        using var keys = new GatedKeys { Failing = true };
        keys.Open();
        using var room = new TokenRoom(keys);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => room.Ring.GetAsync(None).AsTask());

        keys.Failing = false;

        Assert.NotNull(await room.Ring.GetAsync(None));
    }

    [Fact]
    public async Task Leaves_out_a_key_that_cannot_be_decrypted_and_says_so_once()
    {
        using var room = new TokenRoom();
        string good = (await room.Ring.GetAsync(None)).Signing(TokenRoom.Start).Id;
        await room.Store.TryAddAsync(new ProtectedSigningKey("lost", 2, "ES256", [1, 2, 3], TokenRoom.Start, TokenRoom.Start), None);

        SigningKeySet set = await room.Ring.RefreshAsync(None);
        await room.Ring.RefreshAsync(None);

        Assert.Equal(good, set.Signing(TokenRoom.Start).Id);
        Assert.Null(set.Held("lost"));
        Assert.Equal(1, room.Logs.Count(3002));
    }

    [Fact]
    public async Task Refuses_to_replace_keys_that_all_became_unreadable()
    {
        var store = new InMemoryStore();
        using (var before = new TokenRoom(store: store))
        {
            await before.Ring.GetAsync(None);
        }

        using var after = new TokenRoom(store: store);
        OptionsValidationException mistake = await Assert.ThrowsAsync<OptionsValidationException>(() => after.Ring.GetAsync(None).AsTask());

        Assert.Contains("restore the Data Protection key ring", mistake.Message, StringComparison.Ordinal);
        Assert.Single(await store.ListAsync(None));
    }

    private static void Rsa(CambioOptions options) => options.Tokens.SigningAlgorithm = SigningAlgorithm.RS256;

    /// <summary>A store of keys that answers once it is opened, counts, and fails on demand.</summary>
    private sealed class GatedKeys : ISigningKeyStore, IDisposable
    {
        private readonly InMemoryStore store = new();
        private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Listings { get; private set; }

        public int Additions { get; private set; }

        public bool Failing { get; set; }

        public bool ReadOnly { get; set; }

        private InMemoryStore Writable => ReadOnly ? throw new StoreUnavailableException("read only") : store;

        public void Open() => opened.SetResult();

        public async Task<IReadOnlyList<ProtectedSigningKey>> ListAsync(CancellationToken cancellationToken)
        {
            await opened.Task;
            Listings++;
            return Failing ? throw new StoreUnavailableException("down") : await store.ListAsync(cancellationToken);
        }

        public Task<bool> TryAddAsync(ProtectedSigningKey key, CancellationToken cancellationToken)
        {
            Additions++;
            return Writable.TryAddAsync(key, cancellationToken);
        }

        public Task<bool> RetireAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) => Writable.RetireAsync(id, now, cancellationToken);

        public Task DeleteAsync(string id, CancellationToken cancellationToken) => Writable.DeleteAsync(id, cancellationToken);

        public void Dispose() => store.Dispose();
    }
}
