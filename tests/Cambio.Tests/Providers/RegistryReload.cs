using Cambio.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.Providers;

/// <summary>Changes of settings apply without a restart; mistakes never take a provider away that works.</summary>
public sealed class RegistryReload : IDisposable
{
    private readonly CatalogFolder catalog = Setup.Catalog();
    private readonly LogLines<ProviderRegistry> log = new();

    public void Dispose() => catalog.Dispose();

    [Fact]
    public void A_change_of_settings_applies_at_once()
    {
        IConfigurationRoot configuration = Setup.Configuration("acme:ClientId=us\nacme:ClientSecret=s");
        using ProviderRegistry registry = Setup.Registry(configuration, catalog, logger: log);
        Assert.Equal("us", registry.Find("acme").Value!.ClientId);

        Change(configuration, "acme:ClientId=them\nlab:ClientId=us\nlab:ClientSecret=s\nlab:BasedOn=acme");

        Assert.Equal(["acme", "lab"], registry.All.Select(provider => provider.Id));
        Assert.Equal("them", registry.Find("acme").Value!.ClientId);
        Assert.Equal(["Information 1100 Settings of providers changed and apply: 2 enabled"], log.Lines);
    }

    [Fact]
    public void A_change_with_mistakes_keeps_the_last_good_providers_and_is_logged()
    {
        IConfigurationRoot configuration = Setup.Configuration("acme:ClientId=us\nacme:ClientSecret=s");
        using ProviderRegistry registry = Setup.Registry(configuration, catalog, logger: log);
        Provider before = registry.Find("acme").Value!;

        Change(configuration, "acme:Accepts=everything\nnobody:ClientId=us");

        Assert.Same(before, registry.Find("acme").Value);
        Assert.Equal(2, registry.Mistakes.Count);
        Assert.Equal(registry.Mistakes.Select(mistake => $"Error 1101 Settings of providers changed and do not apply, the last good ones stay: {mistake}"), log.Lines);

        Change(configuration, "acme:Accepts=code\nnobody:Enabled=false");
        Assert.Empty(registry.Mistakes);
        Assert.NotSame(before, registry.Find("acme").Value);
    }

    [Fact]
    public void Settings_with_mistakes_from_the_start_serve_nobody()
    {
        IConfigurationRoot configuration = Setup.Configuration("acme:ClientId=us");
        using ProviderRegistry registry = Setup.Registry(configuration, catalog);

        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() => registry.Find("acme"));
        Assert.Equal(registry.Mistakes, refusal.Failures);
        Assert.Throws<OptionsValidationException>(() => registry.All);

        Change(configuration, "acme:ClientSecret=s");
        Assert.True(registry.Find("acme").IsSuccess);
    }

    [Fact]
    public void A_registry_that_is_disposed_of_looks_out_no_more()
    {
        IConfigurationRoot configuration = Setup.Configuration("acme:ClientId=us\nacme:ClientSecret=s");
        ProviderRegistry registry = Setup.Registry(configuration, catalog, logger: log);
        registry.Dispose();
        Change(configuration, "acme:ClientId=them");
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void A_mistake_in_the_catalogue_folder_stops_the_start()
    {
        catalog.Add("No-Id", """{"name":"X"}""");
        using ProviderRegistry registry = Setup.Registry("", catalog);
        Assert.StartsWith("Cambio:Catalog: ", Assert.Single(registry.Mistakes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000/sim", true)]
    [InlineData("https://sim.example", true)]
    [InlineData("127.0.0.1:9000", false)]
    [InlineData("file:///tmp", false)]
    public void The_simulator_of_the_settings_plays_every_provider(string address, bool isAddress)
    {
        using ProviderRegistry registry = Setup.Registry("acme:ClientId=us\nacme:ClientSecret=s", catalog, simulator: address);
        if (isAddress)
        {
            Assert.Equal(new Uri(address), Assert.Single(registry.All).Simulator);
        }
        else
        {
            Assert.Equal(["Cambio:Http:Simulator is not the base address of a simulator; write one such as http://127.0.0.1:9000."], registry.Mistakes);
        }
    }

    private static void Change(IConfigurationRoot configuration, string settings)
    {
        var memory = (MemoryConfigurationProvider)configuration.Providers.Single();
        foreach ((string key, string? value) in Setup.Pairs(settings))
        {
            memory.Set(key, value);
        }

        configuration.Reload();
    }
}
