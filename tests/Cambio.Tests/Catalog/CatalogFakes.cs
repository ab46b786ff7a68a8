using Cambio.Testing;

namespace Cambio.Tests.Catalog;

/// <summary>One server that plays the folders of the checkout, as they stand there now.</summary>
public sealed class CatalogFakes : IAsyncLifetime
{
    /// <summary>The server.</summary>
    public FakeProviders Running { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Running = await FakeProviders.StartAsync();
        foreach (string id in Folders.Ids)
        {
            Running.Simulator.Add(id, Folders.Definition(id).Definition!, Folders.Cases(id));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
