using Cambio.AspNetCore;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.AspNetCore;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080", "http://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080/", "http://127.0.0.1:5080/")]
    [InlineData("http://localhost:5080", "http://LocalHost:5080", "http://LocalHost:5080")]
    [InlineData("http://[::]:5080", "http://api.example.com:5080", "http://api.example.com:5080")]
    [InlineData("http://127.0.0.1:41234", "http://127.0.0.1:0", "http://127.0.0.1:41234")]
    [InlineData("https://127.0.0.1:5081", "http://127.0.0.1:5080", "https://127.0.0.1:5081")]
    [InlineData("http://127.0.0.1:5080", null, "http://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080", "", "http://127.0.0.1:5080")]
    [InlineData("http://[::]:8080", "http://*:8080", "http://localhost:8080")]
    [InlineData("http://[::]:8080", "http://+:8080", "http://localhost:8080")]
    [InlineData("http://0.0.0.0:8080", "http://0.0.0.0:8080", "http://localhost:8080")]
    [InlineData("https://[::]:8443", null, "https://localhost:8443")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080", "http://[::1]:8080")]
    [InlineData("http://unix:/tmp/cambio.sock", "http://unix:/tmp/cambio.sock", "http://localhost")]
    public void Is_the_address_that_the_server_was_started_with(string bound, string? configured, string expected) =>
        Assert.Equal(expected, PublicAddress.Choose(bound, configured));

    [Fact]
    public async Task A_setting_comes_first_then_the_address()
    {
        await using DoorHost set = await DoorHost.StartAsync(new Dictionary<string, string?> { ["Cambio:PublicUrl"] = "https://api.example.com" }, kestrel: true);
        await using DoorHost unset = await DoorHost.StartAsync(kestrel: true);
        await using DoorHost test = await DoorHost.StartAsync();

        Assert.Equal("https://api.example.com", set.Services.GetRequiredService<IPublicAddress>().Value);
        Assert.Equal(unset.Client.BaseAddress!.OriginalString, unset.Services.GetRequiredService<IPublicAddress>().Value);
        Assert.Equal("http://localhost", test.Services.GetRequiredService<IPublicAddress>().Value);
    }
}
