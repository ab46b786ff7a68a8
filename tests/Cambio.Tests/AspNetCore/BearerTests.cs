using System.Net;
using System.Text.Json;
using Cambio.Storage;
using Cambio.Testing;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Tests.AspNetCore;

public sealed class BearerTests(StandingHost standing) : IClassFixture<StandingHost>
{
    [Fact]
    public async Task Any_endpoint_of_the_application_accepts_our_token()
    {
        await using DoorHost host = await DoorHost.StartAsync();
        IssuedToken token = await host.SignInAsync();

        HttpResponseMessage answer = await host.GetAsync("/hello", $"Bearer {token.AccessToken}");

        Assert.Equal("Hello Ada Lovelace", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_call_without_a_bearer_is_told_what_is_missing_and_no_error()
    {
        HttpResponseMessage answer = await standing.Host.GetAsync("/hello");

        await answer.RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer \t")]
    [InlineData("Bearer x")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer  a.b.c")]
    [InlineData("Bearer ..")]
    [InlineData("Bearer %00%ff")]
    [InlineData("Bearer é")]
    [InlineData("bearer x, Bearer y")]
    [InlineData("Basic !!!")]
    [InlineData("Basic")]
    [InlineData("Negotiate")]
    [InlineData("=")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    public async Task A_malformed_authorization_header_is_401(string header)
    {
        foreach (string path in (string[])["/hello", "/auth/me"])
        {
            HttpResponseMessage answer = await standing.Host.GetAsync(path, header);
            await answer.RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
            Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_huge_authorization_header_is_401_and_two_headers_are_too()
    {
        await using DoorHost host = await DoorHost.StartAsync();
        string token = (await host.SignInAsync()).AccessToken;

        HttpResponseMessage huge = await host.GetAsync("/hello", $"Bearer {new string('a', 20_000)}");
        HttpResponseMessage two = await host.SendAsync(
            HttpMethod.Get, "/hello", null, null, $"Bearer {token}", ("Authorization", $"Bearer {token}"));

        await huge.RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        await two.RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Theory]
    [MemberData(nameof(AccessTokenValidatorTests.Forgeries), MemberType = typeof(AccessTokenValidatorTests))]
    public async Task A_forged_token_is_401_with_the_error_in_the_challenge(string forgery)
    {
        SigningKey key = (await standing.Host.Services.GetRequiredService<SigningKeyRing>().GetAsync(CancellationToken.None)).Signing(TokenRoom.Start);

        HttpResponseMessage answer = await standing.Host.GetAsync("/hello", $"Bearer {AccessTokenValidatorTests.Forge(key, forgery)}");
        HttpResponseMessage genuine = await standing.Host.GetAsync("/hello", $"Bearer {AccessTokenValidatorTests.Forge(key, "nothing")}");

        Assert.Equal(HttpStatusCode.OK, genuine.StatusCode);
        await answer.RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        Assert.Equal(
            "Bearer error=\"invalid_token\", error_description=\"The access token is missing, expired or invalid.\"",
            answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task An_expired_token_is_401()
    {
        await using DoorHost host = await DoorHost.StartAsync();
        string token = (await host.SignInAsync()).AccessToken;
        host.Time.Advance(TimeSpan.FromMinutes(16));

        await (await host.GetAsync("/hello", $"Bearer {token}")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task A_second_host_on_the_same_store_accepts_the_token_of_the_first()
    {
        var protection = new EphemeralDataProtectionProvider();
        using var store = new InMemoryStore();
        await using DoorHost one = await DoorHost.StartAsync(Settings, configure: Share);
        await using DoorHost other = await DoorHost.StartAsync(Settings, configure: Share);

        HttpResponseMessage answer = await other.GetAsync("/hello", $"Bearer {(await one.SignInAsync()).AccessToken}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        void Share(IServiceCollection services)
        {
            services.Replace(ServiceDescriptor.Singleton(store));
            services.Replace(ServiceDescriptor.Singleton<IDataProtectionProvider>(protection));
        }
    }

    [Fact]
    public async Task A_host_with_another_store_refuses_it()
    {
        await using DoorHost one = await DoorHost.StartAsync(Settings);
        await using DoorHost other = await DoorHost.StartAsync(Settings);

        HttpResponseMessage answer = await other.GetAsync("/hello", $"Bearer {(await one.SignInAsync()).AccessToken}");

        await answer.RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task A_token_counts_in_the_header_only()
    {
        await using DoorHost host = await DoorHost.StartAsync();
        string token = (await host.SignInAsync()).AccessToken;

        await (await host.GetAsync($"/hello?access_token={token}")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task An_application_keeps_its_own_default_scheme_and_may_name_ours()
    {
        await using DoorHost host = await DoorHost.StartAsync(
            configure: services => services.AddAuthentication("Own").AddCookie("Own"),
            map: app => app.MapGet("/ours", static () => "in")
                .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = Cambio.AspNetCore.CambioAuthentication.Scheme }));
        string bearer = $"Bearer {(await host.SignInAsync()).AccessToken}";

        Assert.NotEqual(HttpStatusCode.OK, (await host.GetAsync("/hello", bearer)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/ours", bearer)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/auth/me", bearer)).StatusCode);
    }

    [Fact]
    public async Task Doors_stay_open_when_the_application_closes_everything_by_default()
    {
        await using DoorHost host = await DoorHost.StartAsync(configure: services => services.AddAuthorizationBuilder().SetFallbackPolicy(
            new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));

        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/auth/jwks")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/.well-known/openid-configuration")).StatusCode);
        await (await host.PostAsync("/auth/acme", "{}", "application/json")).RefusalAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Me_is_the_user_of_the_token()
    {
        await using DoorHost host = await DoorHost.StartAsync();
        IssuedToken token = await host.SignInAsync();

        HttpResponseMessage answer = await host.GetAsync("/auth/me", $"Bearer {token.AccessToken}");

        Assert.Equal(
            """{"id":"u-ada","preferred_username":"ada","name":"Ada Lovelace","email":"ada@example.com","email_verified":true}""",
            await answer.Content.ReadAsStringAsync());
        Answer.AssertNotKept(answer);
    }

    [Fact]
    public async Task A_user_that_is_disabled_or_gone_is_401_at_me()
    {
        await using DoorHost host = await DoorHost.StartAsync(environment: "Development");
        IssuedToken disabled = await host.SignInAsync(TokenRoom.Ada with { Disabled = true });
        SigningKey key = (await host.Services.GetRequiredService<SigningKeyRing>().GetAsync(CancellationToken.None)).Signing(TokenRoom.Start);
        var nobody = new Session { Id = "s", User = new UserRef("nobody"), Provider = "acme", CreatedAt = TokenRoom.Start, LastUsedAt = TokenRoom.Start, ExpiresAt = TokenRoom.Start.AddDays(1) };
        string gone = host.Services.GetRequiredService<AccessTokenWriter>()
            .Write(key, TokenRoom.Ada with { User = nobody.User }, nobody, TokenRoom.Start).Text;

        JsonElement first = await (await host.GetAsync("/auth/me", $"Bearer {disabled.AccessToken}")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
        JsonElement second = await (await host.GetAsync("/auth/me", $"Bearer {gone}")).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");

        Assert.Equal("account_disabled", first.GetProperty("reason").GetString());
        Assert.Equal("session_unknown", second.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_store_that_is_down_is_503_and_says_when_to_come_back()
    {
        await using DoorHost host = await DoorHost.StartAsync(configure: services => services.Replace(ServiceDescriptor.Singleton<ISigningKeyStore, NoKeys>()));

        HttpResponseMessage answer = await host.GetAsync("/hello", "Bearer eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.e30.AA");

        await answer.RefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
    }

    private static Dictionary<string, string?> Settings => new() { ["Cambio:PublicUrl"] = TokenRoom.Issuer };
}
