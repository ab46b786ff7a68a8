using Cambio.Providers;
using Cambio.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.Providers;

/// <summary>The one pipe out as the application gets it, its clock standing still and all its logs kept.</summary>
internal sealed class Outbound : IDisposable
{
    private readonly ServiceProvider services;

    public Outbound()
    {
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        collection.AddMetrics();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddSingleton<CambioMetrics>();
        collection.AddProviderHttp();
        services = collection.BuildServiceProvider();
    }

    public LogLines Log { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public ProviderHttp Http => services.GetRequiredService<ProviderHttp>();

    public void Dispose() => services.Dispose();
}
