using System.Net;
using Cambio.Storage;
using Cambio.Testing;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Tests.AspNetCore;

/// <summary>What becomes of a bearer when its session has ended or the store is down, by setting.</summary>
public sealed class BearerSessionTests
{
    [Fact]
    public async Task An_API_token_is_a_bearer_everywhere_until_its_session_ends()
    {
        await using DoorHost host = await StartAsync("Kind", "Opaque");
        IssuedToken token = await host.SignInAsync();

        Assert.Equal("Hello Ada Lovelace", await (await CallAsync(host, token)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/auth/me", $"Bearer {token.AccessToken}")).StatusCode);

        await EndAsync(host, token);
        await (await CallAsync(host, token)).RefusalAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Theory]
    [InlineData("SessionCheck", "AtExpiry", 5, true)]
    [InlineData("SessionCheck", "WithinSeconds", 5, false)]
    [InlineData("SessionCheck", "AtOnce", 0, false)]
    public async Task A_bearer_of_an_ended_session_is_401_as_soon_as_the_setting_says(string key, string value, int seconds, bool taken)
    {
        await using DoorHost host = await StartAsync(key, value);
        IssuedToken token = await host.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(host, token)).StatusCode);
        await EndAsync(host, token);
        host.Time.Advance(TimeSpan.FromSeconds(seconds));

        HttpResponseMessage answer = await CallAsync(host, token);

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("Kind", "Opaque")]
    [InlineData("SessionCheck", "WithinSeconds")]
    [InlineData("SessionCheck", "AtOnce")]
    public async Task A_store_that_is_down_is_503_where_it_has_to_be_asked(string key, string value)
    {
        await using DoorHost host = await StartAsync(key, value);
        IssuedToken token = await host.SignInAsync();
        var desk = (StoreDesk)host.Services.GetRequiredService<IStore>();
        desk.IsClosed = true;

        HttpResponseMessage answer = await CallAsync(host, token);

        await answer.RefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        desk.IsClosed = false;
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(host, token)).StatusCode);
    }

    private static Task<DoorHost> StartAsync(string key, string value) => DoorHost.StartAsync(
        new Dictionary<string, string?> { [$"Cambio:Tokens:{key}"] = value },
        configure: static services => services.Replace(ServiceDescriptor.Singleton<IStore>(
            static provider => new StoreDesk(provider.GetRequiredService<InMemoryStore>()))));

    private static Task<HttpResponseMessage> CallAsync(DoorHost host, IssuedToken token) => host.GetAsync("/hello", $"Bearer {token.AccessToken}");

    private static Task<Result<bool>> EndAsync(DoorHost host, IssuedToken token) =>
        host.Services.GetRequiredService<Sessions>().EndAsync(TokenRoom.Ada.User, token.SessionId, CancellationToken.None);
}
