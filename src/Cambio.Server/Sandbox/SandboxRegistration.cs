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
        services.AddLogging(KeepTokensOut);
    }

    // Some providers take a token or secret in the address, and so do we when we play them: whatever else the settings say, no line of ours holds one.
    private static void KeepTokensOut(ILoggingBuilder logging) => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

    public static bool IsEnabled(IConfiguration configuration) => bool.TryParse(configuration[EnabledKey], out bool enabled) && enabled;
}
