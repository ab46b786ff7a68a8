using System.Net;
using Cambio.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.Testing;

/// <summary>The hosted fakes, and what goes wrong there on demand.</summary>
public sealed class FaultsOfAFake : IAsyncLifetime
{
    private const string Profile = "discord.com/api/users/@me";

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private FakeProviders fakes = null!;

    private FakeProvider Discord => fakes["discord"];

    public async ValueTask InitializeAsync() => fakes = await FakeProviders.StartAsync(time, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await fakes.DisposeAsync();
    }

    [Fact]
    public async Task A_fake_answers_below_its_base_address()
    {
        using HttpResponseMessage answer = await ProfileAsync();

        Assert.True(fakes.BaseAddress.IsLoopback);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("ada@discord.example", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Equal(new SimulatedCall("discord", "profile", "GET", "discord.com", "/api/users/@me", 200), Assert.Single(fakes.Simulator.Calls));
    }

    [Fact]
    public async Task A_fake_can_be_down_and_mended()
    {
        Discord.Break("profile", Fault.Down);
        await Assert.ThrowsAsync<HttpRequestException>(ProfileAsync);
        Assert.Equal(0, fakes.Simulator.Calls[^1].Status);
        Discord.Mend();
        using HttpResponseMessage answer = await ProfileAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Only_the_broken_endpoint_fails()
    {
        Discord.Break("token", Fault.Down);
        using HttpResponseMessage answer = await ProfileAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_answer_can_end_in_the_middle()
    {
        Discord.Break("profile", Fault.Truncated);
        using HttpResponseMessage answer = await ProfileAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => TextAsync(answer));
    }

    [Fact]
    public async Task An_answer_can_be_late()
    {
        Discord.Break("profile", Fault.Slow(TimeSpan.FromSeconds(30)));
        Task<Reply> pending = fakes.Simulator.Get($"https://{Profile}", Discord.Mint("ada").AccessToken);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(pending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await pending).Status);
    }

    [Fact]
    public async Task A_status_can_ask_to_come_back_later()
    {
        Discord.Break("profile", Fault.Status(429, TimeSpan.FromSeconds(7)));
        using HttpResponseMessage answer = await ProfileAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_body_can_be_anything()
    {
        Discord.Break("profile", Fault.Body("<html>", "text/html", 502));
        using HttpResponseMessage answer = await ProfileAsync();
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("<html>", await TextAsync(answer));
    }

    [Fact]
    public async Task An_answer_can_point_elsewhere()
    {
        Discord.Break("profile", Fault.Redirect("http://127.0.0.1:1/"));
        using HttpResponseMessage answer = await ProfileAsync();
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("http://127.0.0.1:1/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_call_of_a_megabyte_is_refused()
    {
        using HttpResponseMessage answer = await http.PostAsync(
            new Uri(fakes.BaseAddress, "discord.com/api/oauth2/token"), new StringContent(new string('x', 1024 * 1024)), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> ProfileAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(fakes.BaseAddress, Profile));
        request.Headers.Authorization = new("Bearer", Discord.Mint("ada").AccessToken);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
