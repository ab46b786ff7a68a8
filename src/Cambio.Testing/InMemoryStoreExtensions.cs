using Cambio.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Testing;

/// <summary>Keeps Cambio's data in memory.</summary>
public static class InMemoryStoreExtensions
{
    /// <summary>
    /// Keeps Cambio's data in an <see cref="InMemoryStore"/>, which can be had from the services, and the Data Protection key ring in
    /// memory. For tests, instead of a database.
    /// </summary>
    /// <param name="builder">What <c>AddCambio</c> returned.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    public static CambioBuilder AddInMemoryStore(this CambioBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<InMemoryStore>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IStore>(static provider => provider.GetRequiredService<InMemoryStore>()));
        builder.Services.Replace(ServiceDescriptor.Singleton<ISigningKeyStore>(static provider => provider.GetRequiredService<InMemoryStore>()));
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        return builder;
    }
}
