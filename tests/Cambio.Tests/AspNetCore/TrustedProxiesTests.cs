using Cambio.AspNetCore.Proxies;
using Cambio.AspNetCore.Requests;
using Cambio.Tests.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.AspNetCore;

/// <summary>Forwarded headers, sent to a real server on loopback.</summary>
public sealed class TrustedProxiesTests
{
    // RED-030
    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9", "https", "203.0.113.9 https")]
    [InlineData("127.0.0.0/8", "203.0.113.9", "https", "203.0.113.9 https")]
    [InlineData("10.0.0.5, 127.0.0.1 ::1", "2001:db8::9", "https", "2001:db8::9 https")]
    [InlineData("127.0.0.1", "203.0.113.9, 198.51.100.7", "http, https", "198.51.100.7 https")]
    [InlineData("127.0.0.1 198.51.100.0/24", "192.0.2.1, 203.0.113.9, 198.51.100.7", "https", "203.0.113.9 https")]
    [InlineData("127.0.0.1", "203.0.113.9, nonsense", "https", "127.0.0.1 http")]
    [InlineData("127.0.0.1", "203.0.113.9", "java script:", "203.0.113.9 http")]
    [InlineData("127.0.0.1", "203.0.113.9", null, "203.0.113.9 http")]
    [InlineData("127.0.0.1", null, null, "127.0.0.1 http")]
    [InlineData("10.0.0.0/8", "203.0.113.9", "https", "127.0.0.1 http")]
    [InlineData("10.0.0.0/8", null, "https", "127.0.0.1 http")]
    [InlineData("10.0.0.0/8", "10.0.0.5", "https", "127.0.0.1 http")]
    [InlineData("::1", "203.0.113.9", "https", "127.0.0.1 http")]
    [InlineData(null, "203.0.113.9", "https", "127.0.0.1 http")]
    [InlineData(" , ", "203.0.113.9", "https", "127.0.0.1 http")]
    public async Task Forwarded_headers_count_from_a_proxy_that_is_trusted_and_from_nobody_else(string? trusted, string? forwardedFor, string? protocol, string seen)
    {
        await using DoorHost host = await StartAsync(trusted);

        Assert.Equal($"{seen} {host.Client.BaseAddress!.Authority}", await SeenAsync(host, forwardedFor, protocol));
    }

    [Fact]
    public async Task Discovery_tells_the_public_address_whatever_a_trusted_proxy_says()
    {
        await using DoorHost host = await StartAsync("127.0.0.1", new() { ["Cambio:PublicUrl"] = TokenRoom.Issuer });
        (string, string)[] headers = [("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example"), ("Host", "evil.example")];

        HttpResponseMessage discovery = await host.SendAsync(HttpMethod.Get, "/.well-known/openid-configuration", null, null, null, headers);

        Assert.DoesNotContain("evil", await discovery.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(TokenRoom.Issuer, (await discovery.JsonAsync()).GetProperty("issuer").GetString());
    }

    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5/32")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("fd00::5", "fd00::5/128")]
    [InlineData("fd00::/8", "fd00::/8")]
    [InlineData("10.0.0.5/32", "10.0.0.5/32")]
    [InlineData("10.0.0.5/8", null)]
    [InlineData("10.0.0.0/33", null)]
    [InlineData("10.0.0.0/-1", null)]
    [InlineData("10.0.0.0/", null)]
    [InlineData("10.0.0.0/8/8", null)]
    [InlineData("0.0.0.0/0", null)]
    [InlineData("::/0", null)]
    [InlineData("10.1", null)]
    [InlineData("10", null)]
    [InlineData("010.0.0.1", null)]
    [InlineData("10.0.0.5:80", null)]
    [InlineData("[::1]", null)]
    [InlineData("[::1]:80", null)]
    [InlineData("proxy.example.com", null)]
    [InlineData("*", null)]
    [InlineData("/8", null)]
    public void An_entry_is_an_address_or_a_network_and_never_everybody(string entry, string? network) =>
        Assert.Equal(network, TrustedProxies.Parse(entry)?.ToString());

    [Fact]
    public async Task An_entry_that_is_neither_stops_the_start()
    {
        OptionsValidationException mistakes = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync("10.0.0.5 proxy.example.com 0.0.0.0/0"));

        Assert.Equal(2, mistakes.Failures.Count());
        Assert.All(mistakes.Failures, static mistake => Assert.StartsWith("Cambio:TrustedProxies holds \"", mistake, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    public async Task The_platforms_switch_that_believes_everybody_stops_the_start(string value, bool stops)
    {
        // What the host makes of ASPNETCORE_FORWARDEDHEADERS_ENABLED.
        Task<DoorHost> start = StartAsync("127.0.0.1", new() { ["FORWARDEDHEADERS_ENABLED"] = value });
        if (!stops)
        {
            await using DoorHost host = await start;
            return;
        }

        OptionsValidationException mistakes = await Assert.ThrowsAsync<OptionsValidationException>(() => start);
        Assert.Contains("Cambio:TrustedProxies", Assert.Single(mistakes.Failures), StringComparison.Ordinal);
    }

    private static Task<DoorHost> StartAsync(string? trusted, Dictionary<string, string?>? settings = null) => DoorHost.StartAsync(
        new Dictionary<string, string?>(settings ?? []) { ["Cambio:TrustedProxies"] = trusted },
        kestrel: true,
        map: static app => app.MapGet("/seen", static (HttpContext context) => $"{CallerAddress.Of(context)} {context.Request.Scheme} {context.Request.Host}"));

    private static async Task<string> SeenAsync(DoorHost host, string? forwardedFor, string? protocol)
    {
        (string, string)[] headers =
        [
            ("X-Forwarded-Host", "evil.example"),
            ("Forwarded", "for=192.0.2.99;host=evil.example;proto=https"),
            .. forwardedFor is null ? Array.Empty<(string, string)>() : [("X-Forwarded-For", forwardedFor)],
            .. protocol is null ? Array.Empty<(string, string)>() : [("X-Forwarded-Proto", protocol)],
        ];
        return await (await host.SendAsync(HttpMethod.Get, "/seen", null, null, null, headers)).Content.ReadAsStringAsync();
    }
}
