using Cambio.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Cambio.Providers;

/// <summary>The enabled providers. Changes of settings apply without a restart; settings with a mistake change nothing.</summary>
public sealed class ProviderRegistry : IDisposable
{
    private const string SimulatorKey = "Cambio:Http:Simulator";

    private readonly IConfiguration configuration;
    private readonly ProviderCatalog catalog;
    private readonly ProviderDraftReader drafts;
    private readonly ProviderValidator validator;
    private readonly string? simulator;
    private readonly ILogger<ProviderRegistry> logger;
    private readonly IDisposable subscription;
    private readonly Lock rebuilding = new();
    private volatile ProviderSnapshot? current;

    internal ProviderRegistry(
        IConfiguration configuration,
        ProviderCatalog catalog,
        ProviderWords words,
        IOptions<CambioOptions> options,
        ILogger<ProviderRegistry> logger,
        IProviderSource? source = null)
    {
        this.configuration = configuration;
        this.catalog = catalog;
        this.logger = logger;
        drafts = new ProviderDraftReader(catalog, source);
        validator = new ProviderValidator(words);
        simulator = options.Value.Http.Simulator;
        current = Build();
        subscription = ChangeToken.OnChange(configuration.GetReloadToken, Rebuild);
    }

    /// <summary>Every enabled provider, in order of id.</summary>
    /// <exception cref="OptionsValidationException">The settings had mistakes when the application started.</exception>
    public IReadOnlyList<Provider> All => Current.All;

    /// <summary>What is wrong with the settings as they stand now, in sentences. Empty when they apply.</summary>
    internal IReadOnlyList<string> Mistakes { get; private set; } = [];

    private ProviderSnapshot Current => current ?? throw new OptionsValidationException(nameof(ProviderOptions), typeof(ProviderOptions), Mistakes);

    /// <summary>The provider with this id, compared byte for byte; <c>unknown_provider</c> otherwise.</summary>
    /// <param name="id">The id as the caller wrote it.</param>
    /// <exception cref="OptionsValidationException">The settings had mistakes when the application started.</exception>
    public Result<Provider> Find(string id) => Current.Find(id);

    /// <summary>Stops looking out for changes of settings.</summary>
    public void Dispose() => subscription.Dispose();

    private void Rebuild()
    {
        lock (rebuilding)
        {
            if (Build() is { } snapshot)
            {
                current = snapshot;
                Log.ProvidersReloaded(logger, snapshot.All.Count);
                return;
            }

            foreach (string mistake in Mistakes)
            {
                Log.ProvidersNotReloaded(logger, mistake);
            }
        }
    }

    private ProviderSnapshot? Build()
    {
        var mistakes = new List<string>(catalog.Mistakes);
        Uri? played = null;
        if (simulator is not null && !(Uri.TryCreate(simulator, UriKind.Absolute, out played) && played.Scheme is "http" or "https"))
        {
            mistakes.Add($"{SimulatorKey} is not the base address of a simulator; write one such as http://127.0.0.1:9000.");
        }

        IReadOnlyList<ProviderDraft> read = drafts.Read(configuration.GetSection("Cambio:Providers"), mistakes);
        mistakes.AddRange(read.SelectMany(validator.Mistakes));
        Mistakes = mistakes;
        return mistakes.Count == 0 ? new ProviderSnapshot([.. read.Select(draft => draft.ToProvider(played))]) : null;
    }
}
