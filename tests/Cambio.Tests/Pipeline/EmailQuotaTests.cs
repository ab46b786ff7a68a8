using Cambio.Identities;
using Cambio.Pipeline;
using Cambio.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.Pipeline;

public sealed class EmailQuotaTests : IDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 20, 0, TimeSpan.Zero));
    private readonly InMemoryStore store = new();

    [Fact]
    public async Task Five_mails_an_hour_go_to_one_address_whoever_asks()
    {
        for (int i = 0; i < EmailQuota.PerAddress; i++)
        {
            Assert.Null(await TakeAsync($"subject-{i}", i % 2 == 0 ? "victim@example.com" : "Victim@EXAMPLE.com"));
        }

        ExchangeError? refusal = await TakeAsync("subject-x", "victim@example.com");
        Assert.Equal(("too_many_requests", TimeSpan.FromMinutes(40)), (refusal?.Code, refusal?.RetryAfter));
        Assert.Null(await TakeAsync("subject-x", "other@example.com"));

        time.Advance(TimeSpan.FromMinutes(40));
        Assert.Null(await TakeAsync("subject-x", "victim@example.com"));
    }

    [Fact]
    public async Task Ten_mails_an_hour_go_out_for_one_identity_to_whatever_addresses()
    {
        for (int i = 0; i < EmailQuota.PerIdentity; i++)
        {
            Assert.Null(await TakeAsync("subject", $"victim{i}@example.com"));
        }

        Assert.Equal("too_many_requests", (await TakeAsync("subject", "another@example.com"))?.Code);

        // What was refused took no place.
        Assert.Null(await TakeAsync("somebody-else", "another@example.com"));
        Assert.DoesNotContain(store.Replays, key => key.Contains("example", StringComparison.Ordinal));
    }

    public void Dispose() => store.Dispose();

    private Task<ExchangeError?> TakeAsync(string subject, string address) => new EmailQuota(store, time).TakeAsync(
        new ExternalIdentity { Provider = "acme", Subject = subject }, [new EmailMessage(address, "Confirm", "12345678")], CancellationToken.None);
}
