using Cambio.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio;

/// <summary>Where the rest of the registration goes on: a store, steps of your own.</summary>
public sealed class CambioBuilder
{
    internal CambioBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Adds a step of your own, or replaces a built-in one by its name. It runs where the setting <c>Cambio:Pipeline</c> names it.
    /// One instance serves all exchanges at once; take <see cref="IServiceScopeFactory"/> to reach scoped services.
    /// </summary>
    /// <typeparam name="TStep">The step.</typeparam>
    /// <param name="name">Its name in the setting.</param>
    /// <returns>This builder.</returns>
    public CambioBuilder AddStep<TStep>(string name)
        where TStep : class, IExchangeStep
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Services.RemoveAllKeyed<IExchangeStep>(name);
        Services.AddKeyedSingleton<IExchangeStep, TStep>(name);
        Services.AddSingleton(new StepName(name));
        return this;
    }
}
