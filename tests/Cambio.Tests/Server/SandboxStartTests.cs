using Cambio.Server.Sandbox;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.Server;

/// <summary>Where the sandbox must never run.</summary>
public sealed class SandboxStartTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("Test")]
    public async Task Refuses_to_start_outside_Development(string environment)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => SandboxHost.StartAsync(environment));

        string mistake = Assert.Single(error.Failures);
        Assert.StartsWith("Cambio:Sandbox:Enabled", mistake, StringComparison.Ordinal);
        Assert.Contains(environment, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    public async Task Refuses_to_listen_where_others_can_call(string url)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => SandboxHost.StartAsync(url: url));

        Assert.Contains("loopback", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_when_code_makes_it_listen_where_no_setting_says_so()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            SandboxHost.StartAsync(configure: web => web.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(0))));

        Assert.Contains("loopback", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turned_off_nothing_stands_there_and_anything_goes()
    {
        await using SandboxHost host = await SandboxHost.StartAsync("Production", "http://0.0.0.0:0", settings: ("Cambio:Sandbox:Enabled", "false"));

        Assert.Empty(host.Registry.All);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://127.8.8.8:5080", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://LOCALHOST", true)]
    [InlineData("https://[::1]:5081", true)]
    [InlineData("http://unix:/tmp/cambio.sock", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://192.168.0.7:5080", false)]
    [InlineData("http://example.com", false)]
    [InlineData("http://localhost.example.com", false)]
    [InlineData("http://127.0.0.1.example.com", false)]
    [InlineData("nonsense", false)]
    public void Knows_a_loopback_address(string address, bool isLoopback) => Assert.Equal(isLoopback, ListenAddresses.IsLoopback(address));

    [Theory]
    [InlineData("urls=http://127.0.0.1:1;http://*:2", "http://127.0.0.1:1 http://*:2")]
    [InlineData("http_ports=8080", "http://*:8080")]
    [InlineData("https_ports=8081;8082", "https://*:8081 https://*:8082")]
    [InlineData("urls=http://127.0.0.1:1|http_ports=8080", "http://127.0.0.1:1")]
    [InlineData("urls=http://127.0.0.1:1|Kestrel:Endpoints:Web:Url=http://*:3", "http://*:3")]
    [InlineData("", "")]
    public void Reads_where_the_server_was_told_to_listen(string settings, string addresses)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], (string?)s[1]))).Build();

        Assert.Equal(addresses, string.Join(' ', ListenAddresses.Configured(configuration)));
    }
}
