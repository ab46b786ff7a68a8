using Cambio.Accounts;
using Cambio.Clients;
using Cambio.Credentials;
using Cambio.Identities;
using Cambio.Pipeline;
using Cambio.Pipeline.Steps;
using Cambio.Providers;
using Cambio.Quirks;
using Cambio.Signals;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Tokens;
using Cambio.Vault;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cambio;

/// <summary>The composition root of the core: which object each room gets.</summary>
internal static class CambioServiceCollectionExtensions
{
    public static CambioBuilder AddCambioCore(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton<CambioMetrics>();
        services.TryAddSingleton<AuditTrail>();
        AddSettings(services, configuration);
        AddProviders(services, configuration);
        services.TryAddSingleton(s => new ClientRegistry(configuration, s.GetRequiredService<ProviderCatalog>()));
        services.AddCredentials();
        services.TryAddSingleton<ProfileReader>();
        services.TryAddSingleton<IdentityReader>();
        services.AddTokens();
        services.AddVault();
        services.AddAccounts();
        services.AddSignals();

        var builder = new CambioBuilder(services);
        AddPipeline(builder);
        services.TryAddSingleton(static s => new TokenExchange(
            s.GetRequiredService<ProviderRegistry>(),
            s.GetRequiredService<CredentialVerifier>(),
            s.GetRequiredService<IdentityReader>(),
            s.GetRequiredService<TokenExtension>(),
            s.GetRequiredService<ExchangePipeline>(),
            s.GetRequiredService<Handovers>(),
            s.GetRequiredService<IStore>(),
            s.GetRequiredService<Interruptions>(),
            s.GetRequiredService<AuditTrail>(),
            s.GetRequiredService<CambioMetrics>(),
            s.GetRequiredService<IOptions<CambioOptions>>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<TokenExchange>>()));
        return builder;
    }

    private static void AddSettings(IServiceCollection services, IConfiguration configuration)
    {
        foreach (string checkedElsewhere in (string[])["Providers", "Clients", .. UnservedSettings.Sections])
        {
            services.AddSingleton(new SettingsSection(checkedElsewhere, null));
        }

        services.AddSingleton<IStartCheck>(s => ActivatorUtilities.CreateInstance<CoreStartCheck>(s, configuration));
        services.AddOptions<CambioOptions>()
            .Configure<IEnumerable<SettingsSection>>((options, sections) => SettingsCheck.BindWhatFits(configuration, [.. sections], options));
    }

    private static void AddProviders(IServiceCollection services, IConfiguration configuration)
    {
        services.AddProviderHttp();
        services.TryAddSingleton<ProviderMetadata>();
        services.TryAddSingleton(_ => new ProviderCatalog(configuration[ProviderCatalog.FolderKey]));
        services.TryAddSingleton(s => new ProviderRegistry(
            configuration,
            s.GetRequiredService<ProviderCatalog>(),
            s.GetRequiredService<QuirkRegistry>().Words(Transforms.Names),
            s.GetRequiredService<IOptions<CambioOptions>>(),
            s.GetRequiredService<ILogger<ProviderRegistry>>(),
            s.GetService<IProviderSource>()));
    }

    private static void AddPipeline(CambioBuilder builder)
    {
        builder.Services.TryAddSingleton<ExchangePipeline>();
        builder.Services.TryAddSingleton<ExchangeTickets>();
        builder.Services.TryAddSingleton<EmailQuota>();
        builder.Services.TryAddSingleton<EmailOutlet>();
        builder.Services.TryAddSingleton<Interruptions>();
        builder.Services.AddSingleton<IStartCheck, InteractionStartCheck>();
        builder.AddStep<CheckAllowed>(StepNames.CheckAllowed)
            .AddStep<FindLogin>(StepNames.FindLogin)
            .AddStep<LinkCurrentUser>(StepNames.LinkCurrentUser)
            .AddStep<LinkByEmailStep>(StepNames.LinkByEmail)
            .AddStep<CreateUser>(StepNames.CreateUser)
            .AddStep<SaveLogin>(StepNames.SaveLogin)
            .AddStep<UpdateProfile>(StepNames.UpdateProfile)
            .AddStep<SaveProviderTokens>(StepNames.SaveProviderTokens)
            .AddStep<RequireEmail>(StepNames.RequireEmail)
            .AddStep<RequireTerms>(StepNames.RequireTerms);
    }
}
