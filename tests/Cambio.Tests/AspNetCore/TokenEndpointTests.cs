using System.Net;
using System.Text.Json;
using Cambio.Tests.Tokens;
using Cambio.Tokens;

namespace Cambio.Tests.AspNetCore;

public sealed class TokenEndpointTests(StandingHost standing) : IClassFixture<StandingHost>
{
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task A_refresh_token_is_traded_for_new_tokens()
    {
        await using DoorHost host = await DoorHost.StartAsync();
        IssuedToken first = await host.SignInAsync();

        HttpResponseMessage answer = await RefreshAsync(host, first.RefreshToken!);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Answer.AssertNotKept(answer);
        JsonElement tokens = await answer.JsonAsync();
        Assert.Equal(["access_token", "token_type", "expires_in", "refresh_token"], tokens.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("Bearer", tokens.GetProperty("token_type").GetString());
        Assert.Equal(900, tokens.GetProperty("expires_in").GetInt32());
        Assert.NotEqual(first.RefreshToken, tokens.GetProperty("refresh_token").GetString());
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/auth/me", $"Bearer {tokens.GetProperty("access_token").GetString()}")).StatusCode);
    }

    [Fact]
    public async Task Every_refused_token_gets_the_same_bytes()
    {
        await using DoorHost host = await DoorHost.StartAsync();
        string used = (await host.SignInAsync()).RefreshToken!;
        await RefreshAsync(host, used);
        host.Time.Advance(TimeSpan.FromMinutes(1));

        HttpResponseMessage[] refused = [await RefreshAsync(host, used), await RefreshAsync(host, "unknown"), await RefreshAsync(host, new string('a', 43))];

        string[] bodies = await Task.WhenAll(refused.Select(static answer => answer.Content.ReadAsStringAsync()));
        Assert.Single(bodies.Distinct());
        Assert.Equal(
            """{"error":"invalid_grant","error_description":"The credential is invalid, expired or was not issued to this application."}""", bodies[0]);
        foreach (HttpResponseMessage answer in refused)
        {
            await answer.OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_grant");
        }
    }

    [Theory]
    [InlineData("", Form, 400, "invalid_request")]
    [InlineData("grant_type=", Form, 400, "invalid_request")]
    [InlineData("refresh_token=t", Form, 400, "invalid_request")]
    [InlineData("grant_type=refresh_token", Form, 400, "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=", Form, 400, "invalid_request")]
    [InlineData("grant_type=refresh_token&grant_type=refresh_token&refresh_token=t", Form, 400, "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=t&refresh_token=t", Form, 400, "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=t&scope=a&scope=b", Form, 400, "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=%FF", Form, 400, "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=%00", Form, 400, "invalid_grant")]
    [InlineData("grant_type=refresh_token&refresh_token=t", Form, 400, "invalid_grant")]
    [InlineData("grant_type=password&username=a&password=b", Form, 400, "unsupported_grant_type")]
    [InlineData("grant_type=client_credentials", Form, 400, "unsupported_grant_type")]
    [InlineData("grant_type=Refresh_Token&refresh_token=t", Form, 400, "unsupported_grant_type")]
    [InlineData("grant_type=authorization_code&code=c", Form, 400, "invalid_request")]
    [InlineData("{\"grant_type\":\"refresh_token\",\"refresh_token\":\"t\"}", "application/json", 415, "invalid_request")]
    [InlineData("grant_type=refresh_token", "text/plain", 415, "invalid_request")]
    public async Task A_bad_request_is_refused_as_rfc_6749_has_it(string body, string contentType, int status, string error)
    {
        await (await standing.Host.PostAsync("/auth/token", body, contentType)).OAuthRefusalAsync((HttpStatusCode)status, error);
    }

    [Fact]
    public async Task A_repeated_parameter_spends_nothing()
    {
        await using DoorHost host = await DoorHost.StartAsync();
        string token = (await host.SignInAsync()).RefreshToken!;
        await host.PostAsync("/auth/token", $"grant_type=refresh_token&refresh_token={token}&refresh_token={token}", Form);
        host.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(host, token)).StatusCode);
    }

    [Fact]
    public async Task A_token_in_the_query_and_a_huge_form_are_refused_in_oauth_form()
    {
        HttpResponseMessage query = await standing.Host.PostAsync("/auth/token?refresh_token=t", "grant_type=refresh_token&refresh_token=t", Form);
        HttpResponseMessage huge = await standing.Host.PostAsync("/auth/token", "grant_type=refresh_token&refresh_token=" + new string('a', 100_000), Form);

        await query.OAuthRefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
        await huge.OAuthRefusalAsync(HttpStatusCode.RequestEntityTooLarge, "invalid_request");
    }

    private static Task<HttpResponseMessage> RefreshAsync(DoorHost host, string token) =>
        host.PostAsync("/auth/token", $"grant_type=refresh_token&refresh_token={token}", Form);
}
