using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Vault;

/// <summary>Furnishes the room. The store and Data Protection come from elsewhere.</summary>
internal static class VaultRegistration
{
    public static IServiceCollection AddVault(this IServiceCollection services)
    {
        services.TryAddSingleton<ProviderTokenSeal>();
        services.TryAddSingleton<KeptTokens>();
        services.TryAddSingleton<RefreshLease>();
        services.TryAddSingleton<TokenRefresh>();
        services.TryAddSingleton<TokenRenewal>();
        services.TryAddSingleton<TokenExtension>();
        services.TryAddSingleton<ProviderTokenRevoker>();
        services.TryAddSingleton<IProviderTokens, ProviderTokenVault>();
        return services;
    }
}
