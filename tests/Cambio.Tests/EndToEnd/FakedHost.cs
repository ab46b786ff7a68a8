using Cambio.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.EndToEnd;

/// <summary>The ready server, its providers played by fakes on a server of their own.</summary>
internal sealed class FakedHost : IAsyncDisposable
{
    private FakedHost(CambioHost host, FakeProviders fakes)
    {
        Host = host;
        Fakes = fakes;
    }

    public CambioHost Host { get; }

    public FakeProviders Fakes { get; }

    public static async Task<FakedHost> StartAsync(
        IEnumerable<KeyValuePair<string, string?>>? settings = null, Action<IServiceCollection>? services = null, Action<ProviderSimulator>? fakes = null)
    {
        FakeProviders started = await FakeProviders.StartAsync();
        fakes?.Invoke(started.Simulator);
        return new FakedHost(CambioHost.Start([.. Registrations(started), .. settings ?? []], services), started);
    }

    public Task<Answer> ExchangeAsync(string provider, string kind, MintedCredentials minted) => Host.ExchangeAsync(provider, Body(kind, minted));

    public Task<Answer> ExchangeAsync(string provider, string kind, MintOptions user) => ExchangeAsync(provider, kind, Fakes[provider].Mint(user));

    public static (string, string?)[] Body(string kind, MintedCredentials minted) => kind switch
    {
        "code" => [("code", minted.Code), ("redirect_uri", minted.RedirectUri), ("code_verifier", minted.CodeVerifier), ("nonce", minted.Nonce), ("user", minted.Form)],
        "id_token" => [("id_token", minted.IdToken), ("nonce", minted.Nonce), ("user", minted.Form)],
        _ => [("access_token", minted.AccessToken)],
    };

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        string[] unplanned = [.. Fakes.Simulator.Unplanned.Select(call => call.ToString())];
        await Fakes.DisposeAsync();
        Assert.Empty(unplanned);
    }

    private static IEnumerable<KeyValuePair<string, string?>> Registrations(FakeProviders fakes)
    {
        yield return new("Cambio:Http:Simulator", fakes.BaseAddress.AbsoluteUri);
        foreach (FakeProvider fake in fakes.Simulator.Ids.Select(id => fakes[id]))
        {
            yield return new($"Cambio:Providers:{fake.Id}:ClientId", fake.ClientId);
            yield return new($"Cambio:Providers:{fake.Id}:ClientSecret", fake.ClientSecret);
            foreach ((string name, string value) in fake.Variables)
            {
                yield return new($"Cambio:Providers:{fake.Id}:{name}", value);
            }
        }
    }
}
