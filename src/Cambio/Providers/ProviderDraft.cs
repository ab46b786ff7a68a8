using System.Collections.Frozen;

namespace Cambio.Providers;

/// <summary>A provider as settings and catalogue describe it, before anybody checked it, with what is in force where settings are silent.</summary>
internal sealed class ProviderDraft(string id, ProviderOptions options, ProviderDefinition definition)
{
    public string Id { get; } = id;

    public ProviderOptions Options { get; } = options;

    public ProviderDefinition Definition { get; } = definition;

    /// <summary>The file that the definition stands in, where settings changed nothing of it.</summary>
    public string? File { get; init; }

    /// <summary>Who plays it, when somebody does.</summary>
    public Func<Uri>? Simulator { get; init; }

    /// <summary>The key of its settings.</summary>
    public string Key => $"Cambio:Providers:{Id}";

    /// <summary>The kinds of credential as settings or definition name them, else all that the definition can verify.</summary>
    public TextList Accepts
    {
        get
        {
            TextList named = Options.Accepts is { } text ? TextList.Split(text) : Definition.Accepts ?? [];
            return named.Count > 0 ? named : [.. ProviderWords.Credentials.Where(CanVerify)];
        }
    }

    public TextList Scope => Options.Scope is { } scope ? TextList.Split(scope) : Definition.Authorization.Scope;

    public TextList EmailTrust => Options.EmailTrust is { } trust ? TextList.Split(trust) : Definition.EmailTrust;

    /// <summary>Values of the definition's variables, defaults filled in, private keys with real line ends; one without a value is not there.</summary>
    public FrozenDictionary<string, string> Variables => field ??= Definition.Variables
        .Select(v => KeyValuePair.Create(v.Key, Value(v.Key, v.Value)))
        .Where(v => v.Value is not null)
        .ToFrozenDictionary(v => v.Key, v => v.Value!, StringComparer.Ordinal);

    /// <summary>The provider, once nothing is wrong with this.</summary>
    /// <param name="simulator">Where a simulator plays every provider; null where none does.</param>
    public Provider ToProvider(Uri? simulator) => new()
    {
        Id = Id,
        Definition = Definition,
        ClientId = Options.ClientId!,
        ClientSecret = Options.ClientSecret,
        Audiences = TextList.Split(Options.Audiences).Append(Options.ClientId!).ToFrozenSet(StringComparer.Ordinal),
        Accepts = [.. ProviderWords.Credentials.Intersect(Accepts, StringComparer.Ordinal)],
        Scope = Scope,
        ExtraScope = TextList.Split(Options.ExtraScope),
        RedirectUris = TextList.Split(Options.RedirectUris),
        RequirePkce = Options.RequirePkce,
        EmailTrust = [.. EmailTrust.Where(word => word != ProviderWords.NoTrust)],
        Variables = Variables,
        ProfileIsProof = Definition.ProfileIsProof(),
        Simulator = simulator,
        SimulatorSource = Simulator,
    };

    /// <summary>A mistake in the definition, as a sentence with the place to mend it.</summary>
    public string Sentence(DefinitionMistake mistake) => File is null ? mistake.Below($"{Key}:Definition") : mistake.In(File);

    private bool CanVerify(string credential) => credential switch
    {
        "code" => (Definition.Token.Endpoint ?? Definition.TokenEndpoint ?? Definition.Issuer) is not null,
        "id_token" => Definition.IdToken is not null,
        _ => Definition.AccessTokenProof is { Confidence: not ProofConfidence.Uncertain } proof
            && (proof.AudienceVariable is not { } variable || Variables.ContainsKey(variable)),
    };

    private string? Value(string name, VariableDefinition variable)
    {
        string? value = Options.Variables.TryGetValue(name, out string? given) ? given : variable.Default;
        return variable.IsKey() ? value?.Replace("\\n", "\n", StringComparison.Ordinal) : value;
    }
}
