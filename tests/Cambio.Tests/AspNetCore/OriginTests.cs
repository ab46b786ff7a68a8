using System.Net;
using Cambio.AspNetCore.FrontEnd;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.AspNetCore;

public sealed class OriginTests(StandingHost standing) : IClassFixture<StandingHost>
{
    [Theory]
    [InlineData("https://app.example.com", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://APP.example.com", false)]
    [InlineData("http://app.example.com", false)]
    [InlineData("https://app.example.com.evil.example", false)]
    [InlineData("https://evilapp.example.com", false)]
    [InlineData("https://app.example.com:8443", false)]
    [InlineData("http://localhost:3001", false)]
    [InlineData("null", false)]
    [InlineData("https://evil.example", false)]
    public async Task Only_an_origin_that_was_named_may_read_our_answers(string origin, bool allowed)
    {
        foreach (HttpResponseMessage answer in (HttpResponseMessage[])[
            await standing.Host.SendAsync(HttpMethod.Get, "/auth/jwks", headers: ("Origin", origin)),
            await standing.Host.SendAsync(HttpMethod.Get, "/auth/me", headers: ("Origin", origin)),
            await standing.Host.SendAsync(HttpMethod.Options, "/auth/acme", headers: [("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type")]),
        ])
        {
            Assert.Equal(allowed ? [origin] : [], answer.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? values) ? values : []);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
            Assert.Equal(["Origin"], answer.Headers.Vary);
        }
    }

    [Fact]
    public async Task A_preflight_is_answered_for_ten_minutes()
    {
        HttpResponseMessage answer = await standing.Host.SendAsync(
            HttpMethod.Options, "/auth/acme", headers: [("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type")]);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("600", Assert.Single(answer.Headers.GetValues("Access-Control-Max-Age")));
        Assert.Equal("GET,POST,PATCH,DELETE", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Methods")));
    }

    [Theory]
    [InlineData("/hello", "https://app.example.com")]
    [InlineData("/health/live", "https://app.example.com")]
    public async Task Endpoints_that_are_not_ours_are_left_alone(string path, string origin)
    {
        HttpResponseMessage answer = await standing.Host.SendAsync(HttpMethod.Get, path, headers: ("Origin", origin));

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Empty(answer.Headers.Vary);
    }

    [Fact]
    public async Task Without_origins_there_is_no_cors()
    {
        await using DoorHost host = await DoorHost.StartAsync();

        HttpResponseMessage answer = await host.SendAsync(HttpMethod.Get, "/auth/jwks", headers: ("Origin", "https://app.example.com"));

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Empty(answer.Headers.Vary);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("https://app.example.com http://localhost:3000,http://127.0.0.1:8080 http://[::1]:8080", 0)]
    [InlineData("*", 1)]
    [InlineData("https://app.example.com/", 1)]
    [InlineData("https://app.example.com/path", 1)]
    [InlineData("https://App.example.com", 1)]
    [InlineData("https://app.example.com:443", 1)]
    [InlineData("http://app.example.com:80", 1)]
    [InlineData("https://user@app.example.com", 1)]
    [InlineData("app.example.com", 1)]
    [InlineData("null", 1)]
    [InlineData("https://*.example.com", 1)]
    [InlineData("ftp://app.example.com x", 2)]
    public void What_no_browser_sends_is_a_mistake(string? origins, int expected)
    {
        string[] mistakes = [.. new FrontEndMistakes(Options.Create(new FrontEndOptions { Origins = origins })).Mistakes()];

        Assert.Equal(expected, mistakes.Length);
        Assert.All(mistakes, static mistake => Assert.StartsWith("Cambio:FrontEnd:Origins ", mistake, StringComparison.Ordinal));
    }
}
