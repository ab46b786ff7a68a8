using System.Net;
using Cambio.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambio.Tests.AspNetCore;

public sealed class HealthTests(StandingHost standing) : IClassFixture<StandingHost>
{
    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task Says_that_it_is_well_and_nothing_more(string path)
    {
        HttpResponseMessage answer = await standing.Host.GetAsync($"/health/{path}");

        Assert.Equal($$"""{"status":"{{path}}"}""", await answer.Content.ReadAsStringAsync());
        Answer.AssertNotKept(answer);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("throws")]
    public async Task Is_alive_but_not_ready_while_the_store_cannot_serve(string how)
    {
        await using DoorHost host = await DoorHost.StartAsync(configure: services => services.Replace(ServiceDescriptor.Singleton<IStore>(new IllStore(_ =>
            how == "false" ? Task.FromResult(false) : throw new StoreUnavailableException("down")))));

        await (await host.GetAsync("/health/ready")).RefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task Does_not_wait_for_a_store_that_never_answers()
    {
        var asked = new TaskCompletionSource();
        await using DoorHost host = await DoorHost.StartAsync(configure: services => services.Replace(ServiceDescriptor.Singleton<IStore>(new IllStore(async cancellationToken =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return true;
        }))));
        Task<HttpResponseMessage> answer = host.GetAsync("/health/ready");
        await asked.Task;

        host.Time.Advance(TimeSpan.FromSeconds(5));

        await (await answer).RefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
    }

    [Fact]
    public async Task Is_not_ready_while_the_signing_keys_cannot_be_had()
    {
        await using DoorHost host = await DoorHost.StartAsync(configure: services => services.Replace(ServiceDescriptor.Singleton<ISigningKeyStore, NoKeys>()));

        await (await host.GetAsync("/health/ready")).RefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
    }
}
