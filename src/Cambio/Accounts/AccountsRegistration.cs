using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Accounts;

/// <summary>Registers the room. The store and the Vault come from elsewhere.</summary>
internal static class AccountsRegistration
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton<ProfileEditor>();
        services.TryAddSingleton<Unlinking>();
        services.TryAddSingleton<AccountDeletion>();
        return services;
    }
}
