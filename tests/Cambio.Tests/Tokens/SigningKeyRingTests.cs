using Cambio.Storage;
using Cambio.Testing;
using Cambio.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

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
        Assert.Equal(privateKey, key.Security.ECDsa.ExportPkcs8PrivateKey());
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
        Assert.Same(announced.Held(first), (await room.Ring.RefreshAsync(None)).Held(first));
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

    /// <summary>A store of keys that answers once it is opened, counts, and fails on demand.</summary>
    private sealed class GatedKeys : ISigningKeyStore, IDisposable
    {
        private readonly InMemoryStore store = new();
        private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Listings { get; private set; }

        public int Additions { get; private set; }

        public bool Failing { get; set; }

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
            return store.TryAddAsync(key, cancellationToken);
        }

        public void Dispose() => store.Dispose();
    }
}
