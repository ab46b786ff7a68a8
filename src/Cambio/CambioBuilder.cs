using Microsoft.Extensions.DependencyInjection;

namespace Cambio;

/// <summary>Where the rest of the registration goes on: a store, steps of your own.</summary>
public sealed class CambioBuilder
{
    internal CambioBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }
}
