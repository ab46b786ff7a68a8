using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.Credentials;

/// <summary>The room as the application builds it, on real HTTP, with a clock that stands still.</summary>
internal sealed class Rooms : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public Rooms()
    {
        var collection = new ServiceCollection();
        collection.AddLogging().AddMetrics().AddSingleton<TimeProvider>(Time);
        collection.AddSingleton<CambioMetrics>().AddSingleton<ProviderMetadata>().AddProviderHttp().AddCredentials();
        services = collection.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<Result<Authorization>> VerifyAsync(Provider provider, Credential credential) =>
        Get<CredentialVerifier>().VerifyAsync(provider, credential, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
