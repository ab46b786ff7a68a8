using Cambio.Clients;
using Cambio.Pipeline;
using Cambio.Providers;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cambio;

/// <summary>The core's own mistakes: settings, pipeline, tokens, providers.</summary>
internal sealed class CoreStartCheck(
    IConfiguration configuration,
    IEnumerable<SettingsSection> sections,
    IEnumerable<StepName> steps,
    IOptions<CambioOptions> options,
    ProviderRegistry providers,
    ClientRegistry clients,
    IServiceProviderIsService services)
    : IStartCheck
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(60);

    public IEnumerable<string> Mistakes() =>
    [
        .. SettingsCheck.Mistakes(configuration, [.. sections]).Select(mistake => mistake.Sentence),
        .. StepNames.Mistakes(configuration[$"{SettingsCheck.Root}:Pipeline"] ?? options.Value.Pipeline, [.. steps.Select(s => s.Name)]),
        .. TokenSettings.Mistakes(options.Value),
        .. Timeout(options.Value.Http.Timeout),
        .. providers.Mistakes,
        .. clients.Mistakes,
        .. NobodyLeft(),
        .. AllowList(),
        .. Store(),
    ];

    // An allow list that lets everybody in is worse than none.
    private IEnumerable<string> AllowList()
    {
        foreach (string name in (string[])[nameof(AccountOptions.AllowedEmails), nameof(AccountOptions.AllowedDomains)])
        {
            string key = $"{SettingsCheck.Root}:Accounts:{name}";
            if (configuration[key] is { } list && TextList.Split(list).Count == 0)
            {
                yield return $"{key} is set and names nobody: name who may sign in, or remove it to let everybody in.";
            }
            else if (configuration[key] is not null && !StepNames.Parse(options.Value.Pipeline).Contains(StepNames.CheckAllowed))
            {
                yield return $"{key} is set, but Cambio:Pipeline lacks '{StepNames.CheckAllowed}', which keeps it: add it as the first step.";
            }
        }
    }

    private IEnumerable<string> NobodyLeft() =>
        options.Value.Tokens.RequireClient && clients.IsEmpty
            ? ["Cambio:Tokens:RequireClient is true, but Cambio:Clients has no client, so that nobody could sign in: add one, or remove the setting."]
            : [];

    private IEnumerable<string> Store() =>
        services.IsService(typeof(IStore))
            ? []
            : ["AddCambio(...) has no store: add .AddEntityFrameworkStore<TContext>() or .AddSqliteStore() behind it."];

    private static IEnumerable<string> Timeout(TimeSpan timeout) =>
        timeout < ShortestTimeout || timeout > LongestTimeout
            ? ["Cambio:Http:Timeout must be between 1 and 60 seconds, such as 00:00:05."]
            : [];
}
