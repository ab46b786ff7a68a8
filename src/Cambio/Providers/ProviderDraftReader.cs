using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Cambio.Providers;

/// <summary>Puts together what settings, the catalogue and the sandbox say of each provider that is on.</summary>
internal sealed class ProviderDraftReader(ProviderCatalog catalog, IProviderSource? source)
{
    private static readonly TextList DefaultScope = ["openid", "profile", "email"];

    /// <summary>The providers that are on.</summary>
    /// <param name="providers">The section <c>Cambio:Providers</c>.</param>
    /// <param name="mistakes">Takes what is wrong, in sentences; a provider that cannot be put together is left out.</param>
    public IReadOnlyList<ProviderDraft> Read(IConfiguration providers, List<string> mistakes)
    {
        IEnumerable<string> ids = providers.GetChildren().Select(child => child.Key).Union(source is null ? [] : catalog.Ids, StringComparer.OrdinalIgnoreCase);
        return [.. ids.Order(StringComparer.Ordinal).Select(id => Read(providers.GetSection(id), mistakes)).OfType<ProviderDraft>()];
    }

    private ProviderDraft? Read(IConfigurationSection section, List<string> mistakes)
    {
        if (ProviderId.Mistake(section.Key) is { } mistake)
        {
            mistakes.Add($"{section.Path}: '{section.Key}' {mistake}");
            return null;
        }

        ProviderSettings settings = ProviderSettings.Read(section, mistakes);
        bool isMeant = settings.HasValues || (source is not null && catalog.Ids.Contains(settings.Id));
        return settings.Options.Enabled && isMeant ? Read(settings, mistakes) : null;
    }

    private ProviderDraft? Read(ProviderSettings settings, List<string> mistakes)
    {
        CatalogEntry? entry = catalog.Find(settings.Options.BasedOn ?? settings.Id);
        if (entry is { Definition: null })
        {
            mistakes.AddRange(entry.Mistakes);
            return null;
        }

        if (WhyUnknown(settings, entry) is { } unknown)
        {
            mistakes.Add(unknown);
            return null;
        }

        if (Define(settings, entry, mistakes) is not { } definition)
        {
            return null;
        }

        bool isPlayed = settings.Options.ClientId is null && Register(settings, entry, definition);
        if (settings.Options.ClientId is null)
        {
            mistakes.Add($"{settings.Key}:ClientId is missing; set it, or remove the other settings of this provider.");
            return null;
        }

        return new ProviderDraft(settings.Id, settings.Options, definition)
        {
            File = settings.HasDefinition ? null : entry?.Origin,
            Simulator = isPlayed ? () => source!.Address : null,
        };
    }

    private string? WhyUnknown(ProviderSettings settings, CatalogEntry? entry) => (entry, settings.Options.BasedOn) switch
    {
        (not null, _) => null,
        (null, { } other) => $"{settings.Key}:BasedOn names nothing in the catalogue.{Nearest.Hint(other, catalog.Ids)}",
        (null, null) when settings.HasDefinition => null,
        _ => $"{settings.Key} is nothing in the catalogue; mend the id, or describe the provider below {settings.Key}:Definition, "
            + $"for OpenID Connect by its Issuer alone.{Nearest.Hint(settings.Id, catalog.Ids)}",
    };

    private static ProviderDefinition? Define(ProviderSettings settings, CatalogEntry? entry, List<string> mistakes)
    {
        if (!settings.HasDefinition)
        {
            return entry!.Definition;
        }

        JsonObject json = entry is null ? new() { ["name"] = settings.Id } : JsonNode.Parse(entry.Json)!.AsObject();
        new DefinitionOverlay(mistakes).Apply(json, settings.Definition);
        ProviderDefinition? definition = ProviderDefinitionReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), out IReadOnlyList<DefinitionMistake> wrong);
        mistakes.AddRange(wrong.Select(mistake => mistake.Below(settings.Definition.Path)));
        return definition is not null && settings.Definition["Issuer"] is { Length: > 0 } ? WithOpenIdConnect(definition) : definition;
    }

    // Who names an issuer means OpenID Connect: its ID tokens, and the scopes that they take (Core 5.4).
    private static ProviderDefinition WithOpenIdConnect(ProviderDefinition definition) => definition with
    {
        IdToken = definition.IdToken ?? new(),
        Authorization = definition.Authorization.Scope.Count > 0 ? definition.Authorization : definition.Authorization with { Scope = DefaultScope },
    };

    private bool Register(ProviderSettings settings, CatalogEntry? entry, ProviderDefinition definition)
    {
        ProviderOptions options = settings.Options;
        if (entry is null || !options.HasNoRegistration || source?.Register(entry.Id, definition) is not { } registered)
        {
            return false;
        }

        options.ClientId = registered.ClientId;
        options.ClientSecret = registered.ClientSecret;
        foreach ((string name, string value) in registered.Variables)
        {
            options.Variables.TryAdd(name, value);
        }

        return options.ClientId is not null;
    }
}
