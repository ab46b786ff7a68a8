using Cambio.Testing.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cambio.Testing;

/// <summary>
/// Every provider of the catalogue, played by a server on a free loopback port. Point an application at it with the setting
/// <c>Cambio:Http:Simulator</c> = <see cref="BaseAddress"/>.
/// </summary>
public sealed class FakeProviders : IAsyncDisposable
{
    private readonly WebApplication server;

    private FakeProviders(WebApplication server, ProviderSimulator simulator)
    {
        this.server = server;
        Simulator = simulator;
        BaseAddress = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where they listen.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Who is played; add providers of your own here.</summary>
    public ProviderSimulator Simulator { get; }

    /// <summary>The provider with this id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="KeyNotFoundException">It is not played.</exception>
    public FakeProvider this[string id] => Simulator[id];

    /// <summary>Starts a server that plays the catalogue.</summary>
    /// <param name="time">Its clock; the system's unless told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<FakeProviders> StartAsync(TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var simulator = new ProviderSimulator(time);
        simulator.AddCatalog();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        server.MapSimulator("", () => simulator);
        await server.StartAsync(cancellationToken);
        return new FakeProviders(server, simulator);
    }

    /// <summary>Stops the server.</summary>
    public ValueTask DisposeAsync() => server.DisposeAsync();
}
