using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;

namespace Cambio.Providers;

/// <summary>The settings of one provider as they were typed, <c>Cambio:Providers:{id}</c>; an empty value is none.</summary>
internal sealed class ProviderSettings
{
    private const string DefinitionName = "Definition";

    private static readonly FrozenDictionary<string, Action<ProviderOptions, string>> Texts =
        new Dictionary<string, Action<ProviderOptions, string>>
        {
            [nameof(ProviderOptions.ClientId)] = static (options, value) => options.ClientId = value,
            [nameof(ProviderOptions.ClientSecret)] = static (options, value) => options.ClientSecret = value,
            [nameof(ProviderOptions.Audiences)] = static (options, value) => options.Audiences = value,
            [nameof(ProviderOptions.Scope)] = static (options, value) => options.Scope = value,
            [nameof(ProviderOptions.ExtraScope)] = static (options, value) => options.ExtraScope = value,
            [nameof(ProviderOptions.RedirectUris)] = static (options, value) => options.RedirectUris = value,
            [nameof(ProviderOptions.Accepts)] = static (options, value) => options.Accepts = value,
            [nameof(ProviderOptions.EmailTrust)] = static (options, value) => options.EmailTrust = value,
            [nameof(ProviderOptions.BasedOn)] = static (options, value) => options.BasedOn = value,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Action<ProviderOptions, bool>> Flags =
        new Dictionary<string, Action<ProviderOptions, bool>>
        {
            [nameof(ProviderOptions.Enabled)] = static (options, value) => options.Enabled = value,
            [nameof(ProviderOptions.RequirePkce)] = static (options, value) => options.RequirePkce = value,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly IConfigurationSection section;

    private ProviderSettings(IConfigurationSection section) => this.section = section;

    /// <summary>The names that no variable can have.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Texts.Keys.Concat(Flags.Keys).Order(StringComparer.Ordinal), DefinitionName];

    public string Id => section.Key;

    public string Key => section.Path;

    public ProviderOptions Options { get; } = new();

    public IConfigurationSection Definition => section.GetSection(DefinitionName);

    /// <summary>Whether a key of the definition is set, were it to nothing, which takes the key away.</summary>
    public bool HasDefinition => Definition.GetChildren().Any();

    /// <summary>Whether the operator wrote anything at all.</summary>
    public bool HasValues => section.GetChildren().Any(HasValue);

    public static ProviderSettings Read(IConfigurationSection section, List<string> mistakes)
    {
        var settings = new ProviderSettings(section);
        if (section.Value is { Length: > 0 })
        {
            mistakes.Add($"{section.Path} is a section; set the keys below it, such as {section.Path}:{nameof(ProviderOptions.ClientId)}.");
        }

        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (settings.Mistake(child) is { } mistake)
            {
                mistakes.Add($"{child.Path} {mistake}");
            }
        }

        return settings;
    }

    private string? Mistake(IConfigurationSection child)
    {
        if (child.Key.Equals(DefinitionName, StringComparison.OrdinalIgnoreCase))
        {
            return child.Value is { Length: > 0 } ? $"is a section; set the keys of a definition below it, such as {child.Path}:Issuer." : null;
        }

        if (child.GetChildren().Any())
        {
            return "is a list or a section; write one text, its items separated by spaces or commas.";
        }

        return child.Value is { Length: > 0 } value && !TrySet(child.Key, value) ? "must be true or false." : null;
    }

    private bool TrySet(string name, string value)
    {
        if (Flags.TryGetValue(name, out Action<ProviderOptions, bool>? flag))
        {
            if (!bool.TryParse(value, out bool isOn))
            {
                return false;
            }

            flag(Options, isOn);
            return true;
        }

        if (Texts.TryGetValue(name, out Action<ProviderOptions, string>? set))
        {
            set(Options, value);
        }
        else
        {
            Options.Variables[name] = value;
        }

        return true;
    }

    private static bool HasValue(IConfigurationSection section) => section.Value is { Length: > 0 } || section.GetChildren().Any(HasValue);
}
