using System.Text;
using Cambio.Testing;
using Cambio.Tests.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.AspNetCore;

/// <summary>A host whose providers are played by fakes, on one clock that stands still.</summary>
public sealed class SignalDoors : IAsyncLifetime
{
    internal FakeProviders Fakes { get; private set; } = null!;

    internal DoorHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Fakes = await FakeProviders.StartAsync(new FakeTimeProvider(TokenRoom.Start));
        Host = await StartAsync(_ => { });
    }

    internal Task<DoorHost> StartAsync(Action<IServiceCollection> configure)
    {
        var settings = new Dictionary<string, string?> { ["Cambio:PublicUrl"] = TokenRoom.Issuer, ["Cambio:Http:Simulator"] = Fakes.BaseAddress.AbsoluteUri };
        foreach (FakeProvider fake in new[] { "apple", "auth0", "facebook", "github", "google", "keycloak" }.Select(id => Fakes[id]))
        {
            settings[$"Cambio:Providers:{fake.Id}:ClientId"] = fake.ClientId;
            settings[$"Cambio:Providers:{fake.Id}:ClientSecret"] = fake.ClientSecret;
            foreach ((string name, string value) in fake.Variables)
            {
                settings[$"Cambio:Providers:{fake.Id}:{name}"] = value;
            }
        }

        return DoorHost.StartAsync(settings, "Development", configure);
    }

    internal Task<HttpResponseMessage> PostAsync(string id, string name, SimulatedSignal signal) =>
        Host.SendAsync(HttpMethod.Post, $"/auth/{id}/signals/{name}", new ByteArrayContent(Encoding.UTF8.GetBytes(signal.Body)), signal.ContentType);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Fakes.DisposeAsync();
    }
}
