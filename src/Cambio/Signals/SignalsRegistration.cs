using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Signals;

/// <summary>Furnishes the room. It needs the furniture of Credentials, a store and the audit trail.</summary>
internal static class SignalsRegistration
{
    public static IServiceCollection AddSignals(this IServiceCollection services)
    {
        services.TryAddSingleton<SignedRequest>();
        services.TryAddSingleton<LogoutToken>();
        services.TryAddSingleton<SecurityEventToken>();
        services.TryAddSingleton<NotificationToken>();
        services.TryAddSingleton<SignalReader>();
        services.TryAddSingleton<SignalConfirmations>();
        services.TryAddSingleton<SignalDesk>();
        return services;
    }
}
