using System.Collections.Concurrent;
using Cambio.Testing;
using Cambio.Testing.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambio.Tests.Catalog;

/// <summary>The fakes of all folders behind a server that keeps what was sent to them.</summary>
public sealed class Wiretap : IAsyncLifetime
{
    private readonly ConcurrentQueue<SentRequest> sent = new();
    private WebApplication server = null!;

    internal ProviderSimulator Simulator { get; } = new();

    internal Uri Address => new(server.Urls.Single());

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        foreach (string id in Folders.Ids)
        {
            Simulator.Add(id, Folders.Definition(id).Definition!, Folders.Cases(id));
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Use(async (context, next) =>
        {
            sent.Enqueue(await SentRequest.ReadAsync(context.Request));
            await next(context);
        });
        server.MapSimulator("", () => Simulator);
        await server.StartAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>What was sent since the last time that somebody asked.</summary>
    internal SentRequest[] Take()
    {
        SentRequest[] taken = [.. sent];
        sent.Clear();
        return taken;
    }
}
