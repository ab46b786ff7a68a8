using System.Net;
using Cambio.AspNetCore.Redirect;
using Cambio.Storage;
using Cambio.Testing;
using Cambio.Tests.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Cambio.Tests.AspNetCore.Redirect;

/// <summary>Whatever breaks once the state is known to be the browser's, its user comes back to the front end.</summary>
public sealed class CallbackOutageTests(CallbackRoom room) : IClassFixture<CallbackRoom>
{
    [Fact]
    public async Task A_store_that_is_down_lands_before_anybody_is_called()
    {
        await using DoorHost host = await StartAsync();
        Visit visit = await room.VisitAsync(host: host);
        ((StoreDesk)host.Services.GetRequiredService<IStore>()).IsClosed = true;
        int calls = room.Calls;
        room.Events.Clear();

        Dictionary<string, string> landed = CallbackRoom.Landed(await visit.ComeAsync());

        Assert.Equal(("temporarily_unavailable", "front end's own"), (landed["error"], landed["state"]));
        Assert.Equal(calls, room.Calls);
        Assert.Equal(["callback temporarily_unavailable store_unavailable"], room.Events.Lines);
        Assert.Equal(1, host.Logs.Count(4002));
    }

    [Fact]
    public async Task A_popup_comes_back_by_its_page()
    {
        await using DoorHost host = await StartAsync();
        Visit visit = await room.VisitAsync("google", static state => state with { Mode = RedirectMode.Popup, ReturnUrl = CallbackRoom.Origin }, host);
        ((StoreDesk)host.Services.GetRequiredService<IStore>()).IsClosed = true;

        HttpResponseMessage answer = await visit.ComeAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("temporarily_unavailable", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_down_sends_nobody_to_an_address_that_is_not_listed()
    {
        await using DoorHost host = await StartAsync();
        Visit visit = await room.VisitAsync("google", static state => state with { ReturnUrl = "https://evil.example/" }, host);
        ((StoreDesk)host.Services.GetRequiredService<IStore>()).IsClosed = true;

        await (await visit.ComeAsync()).RefusalAsync(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
    }

    [Fact]
    public async Task A_provider_that_is_down_lands_as_such()
    {
        Visit visit = await room.VisitAsync("github");
        room.Fakes["github"].Break("token", Fault.Body("", "text/plain", 503));

        Dictionary<string, string> landed = CallbackRoom.Landed(await visit.ComeAsync());
        room.Fakes["github"].Mend();

        Assert.Equal("temporarily_unavailable", landed["error"]);
    }

    [Fact]
    public async Task A_fault_of_ours_lands_as_such_and_is_told_to_the_log_alone()
    {
        // What no start ever keeps.
        Visit visit = await room.VisitAsync("google", static state => state with { CodeChallenge = null });
        room.Events.Clear();

        Dictionary<string, string> landed = CallbackRoom.Landed(await visit.ComeAsync());

        Assert.Equal(["error", "error_description", "state"], landed.Keys);
        Assert.Equal("server_error", landed["error"]);
        Assert.Equal(["callback server_error unexpected_exception"], room.Events.Lines);
        Assert.Equal(1, room.Host.Logs.Count(4001));
    }

    private Task<DoorHost> StartAsync() => room.StartAsync(configure: static services =>
        services.AddSingleton<IStore>(static provider => new StoreDesk(provider.GetRequiredService<InMemoryStore>())));
}
