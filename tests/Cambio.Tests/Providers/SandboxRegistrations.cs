using Cambio.Providers;
using Cambio.Testing.Simulation;

namespace Cambio.Tests.Providers;

/// <summary>With the sandbox on, every entry of the catalogue that the operator has not registered us at is on and played.</summary>
public sealed class SandboxRegistrations : IDisposable
{
    private readonly CatalogFolder catalog = Setup.Catalog();
    private readonly Sandbox sandbox = new();

    public void Dispose() => catalog.Dispose();

    [Fact]
    public void Every_entry_is_on()
    {
        using ProviderRegistry registry = Setup.Registry("", catalog, sandbox);
        Assert.Empty(registry.Mistakes);
        Assert.Superset(new HashSet<string> { "acme", "initech", "umbrella" }, registry.All.Select(provider => provider.Id).ToHashSet());
        Provider provider = registry.Find("umbrella").Value!;
        Assert.Equal("sandbox-umbrella", provider.ClientId);
        Assert.Equal("hive", provider.Variables["tenant"]);
        Assert.True(provider.IsOurs("sandbox-umbrella"));
    }

    [Fact]
    public void Its_address_is_asked_for_at_the_call_and_not_before()
    {
        using ProviderRegistry registry = Setup.Registry("", catalog, sandbox);
        Provider provider = registry.Find("acme").Value!;
        Assert.Throws<InvalidOperationException>(() => provider.Simulator);

        sandbox.Bound = new Uri("http://127.0.0.1:5080/sandbox");
        Assert.Equal(
            new Uri("http://127.0.0.1:5080/sandbox/acme.example/token"), ProviderUrl.Route(new Uri("https://acme.example/token"), provider.Simulator));
    }

    [Fact]
    public void Who_has_a_client_id_of_ones_own_is_not_played()
    {
        using ProviderRegistry registry = Setup.Registry("acme:ClientId=us\nacme:ClientSecret=s", catalog, sandbox);
        Provider provider = registry.Find("acme").Value!;
        Assert.Equal("us", provider.ClientId);
        Assert.Null(provider.Simulator);
    }

    [Fact]
    public void Settings_without_a_client_id_still_apply()
    {
        using ProviderRegistry registry = Setup.Registry(
            "umbrella:Tenant=lab\nacme:Definition:Name=Our Acme\nacme:Scope=read write\ninitech:Enabled=false", catalog, sandbox);
        Assert.Empty(registry.Mistakes);
        Assert.Equal("lab", registry.Find("umbrella").Value!.Variables["tenant"]);
        Assert.Equal("Our Acme", registry.Find("acme").Value!.Definition.Name);
        Assert.Equal(["read", "write"], registry.Find("acme").Value!.Scope);
        Assert.False(registry.Find("initech").IsSuccess);
    }

    [Theory]
    [InlineData("acme:ClientSecret=s")]
    [InlineData("acme:Audiences=phone")]
    [InlineData("lab:BasedOn=acme")]
    [InlineData("lab:Definition:Issuer=https://lab.example")]
    public void A_client_id_that_was_forgotten_is_still_a_mistake(string settings)
    {
        using ProviderRegistry registry = Setup.Registry(settings, catalog, sandbox);
        Assert.Contains(":ClientId is missing", Assert.Single(registry.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void The_simulator_of_the_settings_goes_before_the_sandbox()
    {
        using ProviderRegistry registry = Setup.Registry("", catalog, sandbox, simulator: "http://127.0.0.1:9000");
        Assert.All(registry.All, provider => Assert.Equal(new Uri("http://127.0.0.1:9000"), provider.Simulator));
    }

    private sealed class Sandbox : IProviderSource
    {
        public Uri? Bound { get; set; }

        public Uri Address => Bound ?? throw new InvalidOperationException("The server does not listen yet.");

        public ProviderOptions Register(string id, ProviderDefinition definition)
        {
            var options = new ProviderOptions { ClientId = $"sandbox-{id}", ClientSecret = "a-secret-that-is-long-enough-for-HS256" };
            foreach ((string name, string value) in ExampleVariables.Of(definition))
            {
                options.Variables[name] = value.Length > 0 ? value : "x";
            }

            return options;
        }
    }
}
