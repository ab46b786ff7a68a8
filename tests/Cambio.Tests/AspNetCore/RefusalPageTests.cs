using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cambio.AspNetCore.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cambio.Tests.AspNetCore;

public sealed partial class RefusalPageTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    [Theory]
    [InlineData(Browser, true)]
    [InlineData("text/html", true)]
    [InlineData("TEXT/HTML", true)]
    [InlineData("text/html; charset=utf-8", true)]
    [InlineData("text/*", true)]
    [InlineData("text/html, application/json;q=0.9", false)]
    [InlineData("text/html;q=0.9, application/json;q=0.8, application/problem+json;q=0.8", false)]
    [InlineData("application/json;q=0, text/html;q=0.1", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("*/*", false)]
    [InlineData("application/json", false)]
    [InlineData("application/json, text/html", false)]
    [InlineData("text/html, application/problem+json", false)]
    [InlineData("text/html;q=0.8, application/json", false)]
    [InlineData("text/html;q=0.8, */*", false)]
    [InlineData("text/html;q=0.3, text/*;q=0.9, application/json;q=0.5", false)]
    [InlineData("text/html;level=1", false)]
    [InlineData("text/html;q=0", false)]
    [InlineData("image/png", false)]
    [InlineData("text, ;;", false)]
    public async Task Whoever_likes_a_page_better_gets_one(string? accept, bool page)
    {
        await using DoorHost host = await StartAsync();

        HttpResponseMessage answer = await GetAsync(host, "/page/invalid_state", accept);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(page ? "text/html" : "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept", answer.Headers.Vary);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Answer.AssertNotKept(answer);
    }

    [Fact]
    public async Task Only_doors_that_people_come_to_have_pages()
    {
        await using DoorHost host = await StartAsync();

        HttpResponseMessage answer = await GetAsync(host, "/json/invalid_state", Browser);

        await answer.RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");
        Assert.DoesNotContain("Accept", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("invalid_state", 400)]
    [InlineData("invalid_request", 400)]
    [InlineData("access_denied", 403)]
    [InlineData("unknown_provider", 404)]
    [InlineData("link_required", 409)]
    [InlineData("too_many_requests", 429)]
    [InlineData("server_error", 500)]
    [InlineData("temporarily_unavailable", 503)]
    public async Task A_page_has_the_status_of_the_refusal_one_heading_and_one_sentence(string code, int status)
    {
        await using DoorHost host = await StartAsync();

        HttpResponseMessage answer = await GetAsync(host, $"/page/{code}", Browser);

        string page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("utf-8", answer.Content.Headers.ContentType?.CharSet);
        Assert.StartsWith("<!doctype html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", page, StringComparison.Ordinal);
        Assert.Single(Heading().Matches(page));
        Assert.Equal(Heading().Match(page).Groups[1].Value, Title().Match(page).Groups[1].Value);
        Assert.Single(Paragraph().Matches(page));
        Assert.Matches("<dt>Trace</dt><dd>[0-9a-zA-Z:]+</dd>", page);
    }

    // RED-041.
    [Fact]
    public async Task A_page_runs_nothing_loads_nothing_and_stands_in_no_frame()
    {
        await using DoorHost host = await StartAsync();

        HttpResponseMessage answer = await GetAsync(host, "/page/invalid_state", Browser);

        string page = await answer.Content.ReadAsStringAsync();
        string style = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style().Match(page).Groups[1].Value)));
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotMatch("(?i)<script|style=|src=|href=|url\\(|@import|http", page);
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task Only_development_tells_why_and_what_to_look_at(string environment, bool told)
    {
        await using DoorHost host = await StartAsync(environment);

        string page = await (await GetAsync(host, "/page/invalid_state", Browser)).Content.ReadAsStringAsync();
        JsonElement problem = await (await GetAsync(host, "/page/invalid_state", null)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_state");

        Assert.Equal(told, page.Contains("cookie_missing", StringComparison.Ordinal));
        Assert.Equal(told, page.Contains("Look at the &lt;cookie&gt; &amp; the host.", StringComparison.Ordinal));
        Assert.DoesNotContain("<cookie>", page, StringComparison.Ordinal);
        Assert.Equal(told ? "Look at the <cookie> & the host." : null, problem.TryGetProperty("hint", out JsonElement hint) ? hint.GetString() : null);
        Assert.Equal(told ? "cookie_missing" : null, problem.TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : null);
    }

    [Fact]
    public async Task An_oauth_endpoint_gives_no_hint()
    {
        await using DoorHost host = await StartAsync("Development");

        JsonElement error = await (await host.GetAsync("/oauth/invalid_state")).OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_state");

        Assert.False(error.TryGetProperty("hint", out _));
    }

    private static Task<DoorHost> StartAsync(string environment = "Production") => DoorHost.StartAsync(environment: environment, map: static app =>
    {
        app.MapGet("/page/{code}", Refuse).WithMetadata(PrefersPages.Instance);
        app.MapGet("/json/{code}", Refuse);
        app.MapGet("/oauth/{code}", Refuse).WithMetadata(OAuthErrors.Instance);
    });

    private static Task<HttpResponseMessage> GetAsync(DoorHost host, string path, string? accept) =>
        accept is null ? host.GetAsync(path) : host.SendAsync(HttpMethod.Get, path, headers: ("Accept", accept));

    private static IResult Refuse(string code) => new ErrorResponse(code switch
    {
        "invalid_state" => ExchangeError.InvalidState("cookie_missing", "Look at the <cookie> & the host."),
        "invalid_request" => ExchangeError.InvalidRequest("Mend it."),
        "access_denied" => ExchangeError.AccessDenied("not_allowed"),
        "unknown_provider" => ExchangeError.UnknownProvider(),
        "link_required" => ExchangeError.LinkRequired("ask"),
        "too_many_requests" => ExchangeError.TooManyRequests("limit", TimeSpan.FromSeconds(3)),
        "server_error" => ExchangeError.ServerError(),
        _ => ExchangeError.TemporarilyUnavailable("down"),
    });

    [GeneratedRegex("<h1>([^<]+)</h1>")]
    private static partial Regex Heading();

    [GeneratedRegex("<title>([^<]+)</title>")]
    private static partial Regex Title();

    [GeneratedRegex("<p>[^<]+</p>")]
    private static partial Regex Paragraph();

    [GeneratedRegex("<style>([^<]+)</style>")]
    private static partial Regex Style();
}
