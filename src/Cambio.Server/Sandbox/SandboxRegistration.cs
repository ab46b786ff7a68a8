using Cambio.Providers;
using Cambio.Testing;

namespace Cambio.Server.Sandbox;

/// <summary>Adds the sandbox where the settings turn it on.</summary>
internal static class SandboxRegistration
{
    private const string EnabledKey = "Cambio:Sandbox:Enabled";

    public static void AddSandbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new SettingsSection("Sandbox", typeof(SandboxOptions)));
        services.AddSingleton<IStartCheck, SandboxMistakes>();
        if (!IsEnabled(configuration))
        {
            return;
        }

        services.AddSingleton(provider => new ProviderSimulator(provider.GetService<TimeProvider>()));
        services.AddSingleton<SandboxProviders>();
        services.AddSingleton<IProviderSource>(provider => provider.GetRequiredService<SandboxProviders>());
        services.AddHostedService<LoopbackGuard>();
    }

    public static bool IsEnabled(IConfiguration configuration) => bool.TryParse(configuration[EnabledKey], out bool enabled) && enabled;
}
