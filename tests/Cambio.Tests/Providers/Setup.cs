using Cambio.Providers;
using Cambio.Quirks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.Providers;

/// <summary>Providers from settings written as an operator writes them: one <c>key=value</c> a line, below <c>Cambio:Providers</c>.</summary>
internal static class Setup
{
    public static ProviderWords Words { get; } = new QuirkRegistry().Words(Cambio.Identities.Transforms.Names) with { QuirkVariables = new Dictionary<string, IReadOnlyDictionary<string, VariableKind>>() };

    /// <summary>A catalogue with one plain OAuth 2.0 provider, one with a variable, and one of OpenID Connect.</summary>
    public static CatalogFolder Catalog() => new CatalogFolder()
        .Add("acme", """
            {
              "name": "Acme",
              "authorizationEndpoint": "https://acme.example/authorize",
              "tokenEndpoint": "https://acme.example/token",
              "authorization": { "scope": ["read"], "parameters": { "Prompt": "none" } },
              "userinfo": { "profile": { "url": "https://api.acme.example/me" } },
              "claims": { "sub": "id" }
            }
            """)
        .Add("umbrella", """
            {
              "name": "Umbrella",
              "variables": { "tenant": { "title": "Your tenant", "pattern": "[a-z]+", "example": "hive" } },
              "issuer": "https://{tenant}.umbrella.example",
              "idToken": {},
              "emailTrust": ["umbrella.example"]
            }
            """)
        .Add("initech", """
            {
              "name": "Initech",
              "authorizationEndpoint": "https://initech.example/authorize",
              "tokenEndpoint": "https://initech.example/token",
              "userinfo": { "profile": { "url": "https://initech.example/me" } },
              "accessTokenProof": {
                "request": { "url": "https://initech.example/check", "auth": "basic", "query": { "t": "{access_token}" } },
                "audience": "app", "confidence": "uncertain"
              }
            }
            """);

    public static IConfigurationRoot Configuration(string settings) => new ConfigurationBuilder().AddInMemoryCollection(Pairs(settings)).Build();

    public static IEnumerable<KeyValuePair<string, string?>> Pairs(string settings) =>
        from line in settings.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let parts = line.Split('=', 2)
        select KeyValuePair.Create($"Cambio:Providers:{parts[0]}", (string?)parts[1]);

    public static ProviderRegistry Registry(
        string settings, CatalogFolder? catalog = null, IProviderSource? source = null, string? simulator = null, ILogger<ProviderRegistry>? logger = null) =>
        Registry(Configuration(settings), catalog, source, simulator, logger);

    public static ProviderRegistry Registry(
        IConfiguration configuration, CatalogFolder? catalog = null, IProviderSource? source = null, string? simulator = null, ILogger<ProviderRegistry>? logger = null)
    {
        var options = new CambioOptions { Http = { Simulator = simulator } };
        return new(configuration, new ProviderCatalog(catalog?.Path), Words, Options.Create(options), logger ?? NullLogger<ProviderRegistry>.Instance, source);
    }

    /// <summary>The one provider that the settings describe.</summary>
    public static Provider Provider(string settings, CatalogFolder? catalog = null)
    {
        using ProviderRegistry registry = Registry(settings, catalog);
        Assert.Empty(registry.Mistakes);
        return Assert.Single(registry.All);
    }

    public static IReadOnlyList<string> Mistakes(string settings, CatalogFolder? catalog = null)
    {
        using ProviderRegistry registry = Registry(settings, catalog);
        return registry.Mistakes;
    }
}
