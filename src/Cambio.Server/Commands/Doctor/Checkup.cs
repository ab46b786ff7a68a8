using Cambio.Providers;
using Cambio.Server.Sandbox;

namespace Cambio.Server.Commands.Doctor;

/// <summary>Examines one provider apart from all others: its settings, and where those are complete, how the provider answers.</summary>
internal sealed class Checkup(IConfiguration configuration, ProviderCatalog catalog, ProviderWords words, ProviderProbe probe, StartAddress address, Uri? simulator)
{
    private const string Root = "Cambio:Providers";

    private readonly ProviderDraftReader drafts = new(catalog, source: null);
    private readonly ProviderValidator validator = new(words);
    private readonly bool isSandboxOn = SandboxRegistration.IsEnabled(configuration);

    /// <summary>Every provider that settings speak of, save those that the sandbox plays.</summary>
    public IReadOnlyList<IConfigurationSection> Configured() =>
        [.. configuration.GetSection(Root).GetChildren().Where(section => !IsPlayed(section))];

    /// <summary>How the provider stands, and every mistake that was found in its settings.</summary>
    public async Task<(DoctorLine Line, IReadOnlyList<string> Mistakes)> ExamineAsync(IConfigurationSection section, CancellationToken cancellationToken)
    {
        var mistakes = new List<string>();
        ProviderDraft? draft = drafts.Read(Alone(section), mistakes).SingleOrDefault();
        if (draft is null && mistakes.Count == 0)
        {
            return (new DoctorLine(Verdict.Off, section.Key, $"{section.Path}:{nameof(ProviderOptions.Enabled)} is false, or nothing is set."), []);
        }

        mistakes.AddRange(draft is null ? [] : validator.Mistakes(draft));
        IReadOnlyList<string> found = draft is null || mistakes.Count > 0
            ? mistakes
            : await probe.FindAsync(draft.ToProvider(simulator), cancellationToken);
        string[] sentences = [.. found, .. draft is not null && draft.Accepts.Contains("code", StringComparer.Ordinal) ? [Register(section.Key)] : Array.Empty<string>()];
        return (new DoctorLine(found.Count == 0 ? Verdict.Ok : Verdict.Wrong, section.Key, string.Join(' ', sentences)), mistakes);
    }

    private string Register(string id) => $"Redirect URI to register: {address.Value.TrimEnd('/')}{ServerBuilder.Prefix}/{id}/callback";

    // As the registry has it: without a client id and whatever goes with one, a provider of the catalogue is the sandbox's.
    private bool IsPlayed(IConfigurationSection section) =>
        isSandboxOn && catalog.Ids.Contains(section.Key)
        && ProviderSettings.Read(section, []).Options is { Enabled: true, ClientId: null, HasNoRegistration: true };

    private static IConfiguration Alone(IConfigurationSection section) =>
        new ConfigurationBuilder().AddInMemoryCollection(section.AsEnumerable()).Build().GetSection(Root);
}
