using Cambio.Pipeline;
using Cambio.Providers;
using Cambio.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Cambio;

/// <summary>The core's own mistakes: settings, pipeline, tokens, providers.</summary>
internal sealed class CoreStartCheck(
    IConfiguration configuration, IEnumerable<SettingsSection> sections, IEnumerable<StepName> steps, IOptions<CambioOptions> options, ProviderRegistry providers)
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
    ];

    private static IEnumerable<string> Timeout(TimeSpan timeout) =>
        timeout < ShortestTimeout || timeout > LongestTimeout
            ? ["Cambio:Http:Timeout must be between 1 and 60 seconds, such as 00:00:05."]
            : [];
}
