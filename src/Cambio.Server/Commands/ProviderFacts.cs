using Cambio.Providers;

namespace Cambio.Server.Commands;

/// <summary>What an operator wants to know of one entry of the catalogue: page, table, sheet and JSON are all made from this.</summary>
internal sealed record ProviderFacts
{
    private const string NoCategory = "other";

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Category { get; init; }

    public string? Docs { get; init; }

    public string? Deprecated { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<string> Accepts { get; init; } = [];

    public ProofFacts? Proof { get; init; }

    /// <summary>Empty: it never links by e-mail.</summary>
    public IReadOnlyList<string> EmailTrust { get; init; } = [];

    public IReadOnlyList<string> Scope { get; init; } = [];

    public bool NeedsSecret { get; init; }

    public IReadOnlyList<VariableFacts> Variables { get; init; } = [];

    public string? Quirk { get; init; }

    public string? Icon { get; init; }

    /// <summary>What the front end sends along with a code.</summary>
    public IReadOnlyList<string> Callback { get; init; } = [];

    /// <summary>What it tells by itself, once its addresses are registered there.</summary>
    public IReadOnlyList<SignalFacts> Signals { get; init; } = [];

    /// <summary>How many independent catalogues name the same addresses; null where nobody compared.</summary>
    public int? Agreement { get; init; }

    public static ProviderFacts Of(string id, ProviderDefinition definition)
    {
        var draft = new ProviderDraft(id, new ProviderOptions(), definition);
        return new ProviderFacts
        {
            Id = id,
            Name = definition.Name,
            Category = definition.Category ?? NoCategory,
            Docs = definition.Docs,
            Deprecated = definition.Deprecated,
            Aliases = definition.Aliases,
            Accepts = draft.Accepts,
            Proof = definition.AccessTokenProof is { } proof ? ProofFacts.Of(proof, draft.Accepts) : null,
            EmailTrust = [.. definition.EmailTrust.Where(word => word != ProviderWords.NoTrust)],
            Scope = draft.Scope,
            NeedsSecret = ProviderValidator.WhyASecret(draft) is not null,
            Variables = [.. definition.Variables.Select(variable => VariableFacts.Of(variable.Key, variable.Value, variable.Key == definition.AccessTokenProof?.AudienceVariable))],
            Quirk = definition.Quirk,
            Icon = definition.Icon,
            Callback = definition.Authorization.Callback,
            Signals = [.. definition.Signals.Select(signal => new SignalFacts(signal.Key, EnumWord.Of(signal.Value.Format), SignalFacts.EffectsOf(signal.Value)))],
            Agreement = definition.Agreement,
        };
    }

    /// <summary>Whether people call it that.</summary>
    public bool IsCalled(string word) => Aliases.Append(Name).Contains(word, StringComparer.OrdinalIgnoreCase);
}

/// <summary>How a bare access token is proven to be ours.</summary>
/// <param name="Kind">The kind of proof, in the words of a definition.</param>
/// <param name="Confidence">How well it is known to work, in the words of a definition.</param>
/// <param name="OffUntil">The setting without which it is not used; null: it is used as it is.</param>
internal sealed record ProofFacts(string Kind, string Confidence, string? OffUntil)
{
    public const string Accepts = nameof(Accepts);

    public static ProofFacts Of(AccessTokenProofDefinition proof, IReadOnlyList<string> accepts) =>
        new(EnumWord.Of(proof.Kind), EnumWord.Of(proof.Confidence), accepts.Contains("access_token", StringComparer.Ordinal) ? null
            : proof is { AudienceVariable: { } variable, Confidence: not ProofConfidence.Uncertain } ? VariableFacts.SettingOf(variable)
            : Accepts);
}

/// <summary>Something that the operator fills in beside the client id.</summary>
/// <param name="Name">Its name in addresses, and below the provider's settings in any case.</param>
/// <param name="Title">What to fill in.</param>
/// <param name="IsRequired">True: there is no default, and more than a proof needs it.</param>
internal sealed record VariableFacts(string Name, string Title, bool IsRequired)
{
    public string? Pattern { get; init; }

    public string? Default { get; init; }

    public string? Example { get; init; }

    /// <summary>The name as settings are spelt: <c>baseUrl</c> is <c>BaseUrl</c>.</summary>
    public string Setting => SettingOf(Name);

    public static string SettingOf(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    public static VariableFacts Of(string name, VariableDefinition variable, bool isForProof) => new(name, variable.Title, variable.Default is null && !isForProof)
    {
        Pattern = variable.Pattern,
        Default = variable.Default,
        Example = variable.Example,
    };
}

/// <summary>An address of ours that the provider can tell something.</summary>
/// <param name="Name">The name that the address ends in.</param>
/// <param name="Format">How the provider writes there, in the words of a definition.</param>
/// <param name="Effects">What can come of it, in the words of a definition.</param>
internal sealed record SignalFacts(string Name, string Format, IReadOnlyList<string> Effects)
{
    public static IReadOnlyList<string> EffectsOf(SignalDefinition signal) => signal.Format switch
    {
        SignalFormat.LogoutToken => [EnumWord.Of(SignalEffect.EndSessions)],
        SignalFormat.SignedRequest => [EnumWord.Of(signal.Effect ?? SignalEffect.None)],
        _ => [.. signal.Types.All().Select(type => EnumWord.Of(type.Effect)).Distinct()],
    };
}
