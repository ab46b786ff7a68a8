using System.Net;
using Cambio.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Cambio.Tests.AspNetCore;

public sealed class DoorsTests(StandingHost standing) : IClassFixture<StandingHost>
{
    private const string Json = "application/json";

    private DoorHost Host => standing.Host;

    [Theory]
    [InlineData("GET", "/auth/acme", "POST")]
    [InlineData("PUT", "/auth/acme", "POST")]
    [InlineData("DELETE", "/auth/acme", "POST")]
    [InlineData("HEAD", "/auth/acme", "POST")]
    [InlineData("OPTIONS", "/auth/acme", "POST")]
    [InlineData("GET", "/auth/nobody", "POST")]
    [InlineData("POST", "/auth/me", "GET, PATCH, DELETE")]
    [InlineData("HEAD", "/auth/me", "GET, PATCH, DELETE")]
    [InlineData("DELETE", "/auth/me/logins", "GET")]
    [InlineData("GET", "/auth/me/logins/acme", "DELETE")]
    [InlineData("POST", "/auth/me/sessions", "GET")]
    [InlineData("GET", "/auth/me/sessions/any", "DELETE")]
    [InlineData("GET", "/auth/logout", "POST")]
    [InlineData("POST", "/auth/antiforgery", "GET")]
    [InlineData("GET", "/auth/acme/link", "POST")]
    [InlineData("POST", "/auth/providers", "GET")]
    [InlineData("POST", "/auth/jwks", "GET")]
    [InlineData("PUT", "/auth/jwks", "GET")]
    [InlineData("POST", "/.well-known/openid-configuration", "GET")]
    [InlineData("POST", "/.well-known/oauth-authorization-server", "GET")]
    [InlineData("POST", "/health/live", "GET")]
    public async Task Another_method_is_405_and_told_which_it_should_be(string method, string path, string allowed)
    {
        HttpResponseMessage answer = await Host.SendAsync(new HttpMethod(method), path);

        Assert.Equal(allowed.Split(", "), answer.Content.Headers.Allow);
        if (method == "HEAD")
        {
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        }
        else
        {
            await answer.RefusalAsync(HttpStatusCode.MethodNotAllowed, "invalid_request");
        }
    }

    [Theory]
    [InlineData("GET", "/auth/token")]
    [InlineData("PUT", "/auth/token")]
    [InlineData("GET", "/auth/revoke")]
    [InlineData("GET", "/auth/introspect")]
    public async Task Another_method_at_an_oauth_endpoint_is_405_in_oauth_form(string method, string path)
    {
        HttpResponseMessage answer = await Host.SendAsync(new HttpMethod(method), path);

        await answer.OAuthRefusalAsync(HttpStatusCode.MethodNotAllowed, "invalid_request");
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_header_that_overrides_the_method_does_nothing()
    {
        HttpResponseMessage answer = await Host.SendAsync(HttpMethod.Get, "/auth/acme", headers: ("X-HTTP-Method-Override", "POST"));

        await answer.RefusalAsync(HttpStatusCode.MethodNotAllowed, "invalid_request");
    }

    [Theory]
    [InlineData("GET", "/auth")]
    [InlineData("GET", "/auth/")]
    [InlineData("POST", "/auth/acme/more")]
    [InlineData("GET", "/auth/me/nothing")]
    [InlineData("POST", "/auth/acme/link/x")]
    [InlineData("DELETE", "/auth/a/b/c/d")]
    [InlineData("POST", "/auth//acme")]
    public async Task An_unknown_address_below_the_prefix_is_404(string method, string path) =>
        await (await Host.SendAsync(new HttpMethod(method), path)).RefusalAsync(HttpStatusCode.NotFound, "not_found");

    [Theory]
    [InlineData("/authx")]
    [InlineData("/")]
    [InlineData("/health")]
    public async Task What_is_not_below_the_prefix_stays_the_applications(string path)
    {
        HttpResponseMessage answer = await Host.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("", Json, 400)]
    [InlineData("{}", Json, 400)]
    [InlineData("[]", Json, 400)]
    [InlineData("{\"access_token\":\"a\",\"code\":\"b\"}", Json, 400)]
    [InlineData("{\"access_token\":\"a\",\"access_token\":\"b\"}", Json, 400)]
    [InlineData("{\"access_token\":\"\\u0000\"}", Json, 400)]
    [InlineData("access_token=%FF", "application/x-www-form-urlencoded", 400)]
    [InlineData("access_token=a", "text/plain", 415)]
    [InlineData("<x/>", "application/xml", 415)]
    public async Task A_bad_body_is_a_clear_4xx_before_anybody_is_asked(string body, string contentType, int status) =>
        await (await Host.PostAsync("/auth/acme", body, contentType)).RefusalAsync((HttpStatusCode)status, "invalid_request");

    [Fact]
    public async Task A_body_of_a_megabyte_is_413() =>
        await (await Host.PostAsync("/auth/acme", new string('a', 1024 * 1024), Json)).RefusalAsync(HttpStatusCode.RequestEntityTooLarge, "invalid_request");

    [Fact]
    public async Task A_credential_in_the_query_is_400() =>
        await (await Host.PostAsync("/auth/acme?access_token=t", "{\"access_token\":\"t\"}", Json)).RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/a//b")]
    [InlineData("/{tenant}")]
    [InlineData("/a b")]
    [InlineData("/*")]
    [InlineData("/a?b")]
    public void A_prefix_is_a_plain_path(string prefix) => Assert.Throws<ArgumentException>(() => new MountPoint().Set(prefix));

    [Theory]
    [InlineData("auth", "/auth")]
    [InlineData("/auth/", "/auth")]
    [InlineData("/api/v1/sign-in", "/api/v1/sign-in")]
    public void A_prefix_begins_with_a_slash_whoever_wrote_it(string prefix, string expected)
    {
        var mount = new MountPoint();
        mount.Set(prefix);

        Assert.Equal(expected, mount.Prefix.Value);
        Assert.True(mount.Covers($"{expected}/x"));
        Assert.False(mount.Covers($"{expected}x"));
    }

    [Fact]
    public async Task The_doors_are_mapped_once_and_on_the_application_itself()
    {
        await using DoorHost host = await DoorHost.StartAsync(map: static app =>
        {
            Assert.Throws<InvalidOperationException>(() => app.MapCambio("/other"));
            Assert.Throws<ArgumentException>(() => app.MapGroup("/api").MapCambio());
        });
    }
}
