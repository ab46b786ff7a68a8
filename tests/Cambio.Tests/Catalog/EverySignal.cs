using Cambio.Providers;
using Cambio.Testing;
using Cambio.Tests.EndToEnd;

namespace Cambio.Tests.Catalog;

/// <summary>Every signal of the catalogue, posted by the fake to the ready server after a real sign-in.</summary>
public sealed class EverySignal(SignalHost signals) : IClassFixture<SignalHost>
{
    public static TheoryData<string, string, string?> Signals()
    {
        var data = new TheoryData<string, string, string?>();
        foreach (string id in Folders.Ids)
        {
            foreach ((string name, SignalDefinition signal) in Folders.Definition(id).Definition!.Signals)
            {
                string?[] types = [.. signal.Types.All().Select(type => type.Type)];
                Array.ForEach(types.Length > 0 ? types : [null], type => data.Add(id, name, type));
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public async Task Ends_what_it_says(string id, string name, string? type)
    {
        FakeProvider fake = signals.Faked.Fakes[id];
        SignalDefinition definition = fake.Definition.Signals[name];
        SignalEffect effect = definition.Format == SignalFormat.LogoutToken ? SignalEffect.EndSessions : definition.Effect ?? definition.Types.EffectOf(type!)!.Value;
        string user = $"{name} {type}";
        string kind = CaseExchange.KindsOf(Folders.Case($"{id}/default.case.json"), fake.Definition).First(kind => kind != "access_token");
        Answer before = await signals.Faked.ExchangeAsync(id, kind, new MintOptions { User = user });
        Assert.Equal(200, before.Status);

        Answer answer = await signals.PostAsync(id, name, fake.Signal(name, user, type));

        Assert.Equal(definition.Format == SignalFormat.SecurityEventToken ? 202 : 200, answer.Status);
        Answer refresh = await signals.Faked.Host.PostFormAsync(
            "/auth/token", ("grant_type", "refresh_token"), ("refresh_token", before.Json.GetProperty("refresh_token").GetString()));
        Assert.Equal(effect == SignalEffect.None ? 200 : 400, refresh.Status);
        Answer after = await signals.Faked.ExchangeAsync(id, kind, new MintOptions { User = user });
        Assert.Equal(effect == SignalEffect.Delete, after.UserId != before.UserId);
    }

    [Fact]
    public async Task A_logout_of_one_session_leaves_the_others()
    {
        FakeProvider fake = signals.Faked.Fakes["keycloak"];
        Answer[] opened =
        [
            await signals.Faked.ExchangeAsync("keycloak", "code", new MintOptions { User = "two devices", SessionId = "desk" }),
            await signals.Faked.ExchangeAsync("keycloak", "id_token", new MintOptions { User = "two devices", SessionId = "pocket" }),
        ];

        await signals.PostAsync("keycloak", "backchannel", fake.Signal("backchannel", new SignalOptions { User = "two devices", SessionId = "pocket" }));

        Answer[] refreshed = await Task.WhenAll(opened.Select(before => signals.Faked.Host.PostFormAsync(
            "/auth/token", ("grant_type", "refresh_token"), ("refresh_token", before.Json.GetProperty("refresh_token").GetString()))));
        Assert.Equal([200, 400], refreshed.Select(answer => answer.Status));
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public async Task To_another_application_changes_nothing(string id, string name, string? type)
    {
        FakeProvider fake = signals.Faked.Fakes[id];
        fake.Register("another-application", "another-secret-of-more-than-thirty-two-bytes");

        Answer answer = await signals.PostAsync(id, name, fake.Signal(name, new SignalOptions { User = "ada", Type = type, ClientId = "another-application" }));

        Assert.Equal(400, answer.Status);
    }
}

/// <summary>The ready server with every provider on.</summary>
public sealed class SignalHost : IAsyncLifetime
{
    internal FakedHost Faked { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Faked = await FakedHost.StartAsync();

    public ValueTask DisposeAsync() => Faked.DisposeAsync();

    internal async Task<Answer> PostAsync(string id, string name, SimulatedSignal signal)
    {
        using var content = new StringContent(signal.Body);
        content.Headers.ContentType = new(signal.ContentType);
        return await Answer.ReadAsync(await Faked.Host.Client.PostAsync($"/auth/{id}/signals/{name}", content));
    }
}
