using Cambio.Providers;
using Cambio.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Cambio.Server.Sandbox;

/// <summary>Registers the server at every provider that it has no client id for, and plays those providers itself.</summary>
internal sealed class SandboxProviders(ProviderCatalog catalog, ProviderSimulator simulator, IServer server) : IProviderSource
{
    /// <summary>Where the sandbox is mounted.</summary>
    public const string Prefix = "/sandbox";

    private const string DefaultCase = "default";

    private Uri? address;

    public Uri Address => address ??= Find();

    public ProviderOptions? Register(string id, ProviderDefinition definition)
    {
        FakeProvider? fake = simulator.Find(id);
        if (!ReferenceEquals(fake?.Definition, definition))
        {
            IReadOnlyDictionary<string, CatalogCase> cases = catalog.Cases(id);
            fake = cases.GetValueOrDefault(DefaultCase)?.Identity is null ? null : simulator.Add(id, definition, cases);
        }

        return fake is null ? null : ToOptions(fake);
    }

    /// <summary>The fake that plays a provider with the operator's own variables; null when the sandbox does not play it.</summary>
    public FakeProvider? Play(Provider provider)
    {
        FakeProvider? fake = simulator.Find(provider.Id);
        if (fake is null || provider.Simulator != Address || provider.ClientId != fake.ClientId)
        {
            return null;
        }

        if (provider.Variables.Any(variable => fake.Variables.GetValueOrDefault(variable.Key) != variable.Value))
        {
            fake.Register(fake.ClientId, fake.ClientSecret, provider.Variables);
        }

        return fake;
    }

    /// <summary>The simulator, once it plays every provider of ours with the operator's own variables: a browser may come there first.</summary>
    public ProviderSimulator PlayAll(ProviderRegistry registry)
    {
        foreach (Provider provider in registry.All)
        {
            Play(provider);
        }

        return simulator;
    }

    private static ProviderOptions ToOptions(FakeProvider fake)
    {
        var options = new ProviderOptions { ClientId = fake.ClientId, ClientSecret = fake.ClientSecret };
        foreach ((string name, string value) in fake.Variables)
        {
            options.Variables[name] = value;
        }

        return options;
    }

    private Uri Find()
    {
        ICollection<string> bound = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        string found = bound.FirstOrDefault(static url => url.StartsWith("http://", StringComparison.Ordinal)) ?? bound.FirstOrDefault()
            ?? throw new InvalidOperationException("The sandbox has no address yet: the server does not listen.");
        return new Uri(found.TrimEnd('/') + Prefix);
    }
}
