using Cambio.Tests.Storage;
using Cambio.Testing;

namespace Cambio.Tests.EndToEnd.Redirect;

/// <summary>The disk fails at each moment of a callback in turn: the browser goes back with an error, nothing is half done, and one event tells of it.</summary>
public sealed class RedirectFaultTests
{
    [Theory]
    [InlineData("code")]
    [InlineData("popup")]
    [InlineData("cookie")]
    [InlineData("link")]
    public async Task A_callback_whose_disk_fails_goes_back_to_the_front_end(string how)
    {
        var fault = new FaultAt();
        await using RedirectHost host = await RedirectHost.StartAsync(services: fault.AddTo);
        Answer user = await host.Faked.ExchangeAsync("google", "code", new MintOptions { User = "ada" });
        int round = 0;
        Step? callback = null;
        using var browser = new WebBrowser();
        string before = "";
        for (int moment = 1; ; moment++)
        {
            callback = await BeginAsync(host, browser, user, how, round++);
            before = Lasting(host);
            host.Audit.Clear();
            browser.SetCookies.Clear();
            fault.Set(moment, FaultAt.BrokenDisk);
            Page page = await callback.TakeAsync(browser);
            string? failed = fault.Failed;
            fault.Set(0, FaultAt.BrokenDisk);
            Assert.Equal((failed, 1), (failed, host.Audit.All.Count));
            if (failed is null)
            {
                Assert.Equal((how == "link" ? "interaction_required" : "success", null), (host.Audit.Last.Outcome, Error(page)));
                break;
            }

            Assert.Equal((failed, "temporarily_unavailable"), (failed, Error(page)));
            Assert.Equal(before, Lasting(host));
            Assert.DoesNotContain(browser.SetCookies, static cookie => cookie.StartsWith("cambio-session=", StringComparison.Ordinal));
        }

        Assert.True(round > 3, "No statement of the callback was met.");
    }

    private static async Task<Step> BeginAsync(RedirectHost host, WebBrowser browser, Answer user, string how, int round)
    {
        (string, string?)[] own = how switch
        {
            "popup" => [("mode", "popup"), ("return_url", null), ("origin", FrontEnd.Origin)],
            "link" => [("link_ticket", await RedirectLinkTests.TicketAsync(host, user))],
            _ => [("mode", how)],
        };
        return await RedirectHost.AllowAsync(browser, await host.BeginAsync(browser, "github", new FrontEnd(), own), $"person {round}");
    }

    private static string? Error(Page page) => page.Status == 200
        ? PopupMessage.In(page).Value("error")
        : RedirectHost.Landing(page).GetValueOrDefault("error");

    // A state and a ticket are spent before the rest, whatever comes of it.
    private static string Lasting(RedirectHost host) =>
        string.Join('\n', host.Host.Content().Split('\n').Where(static row => !row.StartsWith("cambio_replays:", StringComparison.Ordinal)));
}
