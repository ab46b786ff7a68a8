namespace Cambio.Providers;

/// <summary>Words of definitions whose meaning other rooms know.</summary>
/// <param name="Quirks">The names of the built-in quirks.</param>
/// <param name="Transforms">The transforms that may stand behind a <c>|</c>.</param>
internal sealed record ProviderWords(IReadOnlyCollection<string> Quirks, IReadOnlyCollection<string> Transforms)
{
    /// <summary>The quirks that may stand behind a proof by signature.</summary>
    public IReadOnlyCollection<string> BindingQuirks { get; init; } = [];

    /// <summary>The variables that a quirk needs, by its name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, VariableKind>> QuirkVariables { get; init; } =
        Nothing<IReadOnlyDictionary<string, VariableKind>>.Map;

    /// <summary>The kinds of credential, in the order in which they are shown.</summary>
    public static TextList Credentials { get; } = ["code", "id_token", "access_token"];

    /// <summary>The e-mail trust of nobody.</summary>
    public const string NoTrust = "never";

    /// <summary>The e-mail trust for every address that is verified.</summary>
    public const string FullTrust = "verified";
}
