using Cambio.Pipeline;
using Cambio.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.Pipeline;

public sealed class ExchangeTicketsTests
{
    private static readonly TicketContent Content = new()
    {
        Identity = Newcomer.Identity with { Email = "ada@example.com", EmailVerified = true, EmailTrusted = true },
        CurrentUser = "u1",
        Binding = ExchangeTickets.Hash("browser"),
        Memory = new() { ["step:key"] = "kept" },
    };

    private readonly FakeTimeProvider time = new();
    private readonly ExchangeTickets tickets;

    public ExchangeTicketsTests() => tickets = new ExchangeTickets(new EphemeralDataProtectionProvider(), time);

    [Fact]
    public void Brings_back_what_was_proven_and_what_the_steps_kept()
    {
        TicketContent back = Open(tickets.Protect(Content)).Value!;
        Assert.Equal(Content.Identity, back.Identity);
        Assert.Equal("kept", back.Memory["step:key"]);
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromMinutes(10), back.ExpiresAt);
    }

    [Theory]
    [InlineData("acme", "u1", "browser", null)]
    [InlineData("other", "u1", "browser", "ticket_of_another_exchange")]
    [InlineData("acme", "u2", "browser", "ticket_of_another_exchange")]
    [InlineData("acme", null, "browser", "ticket_of_another_exchange")]
    [InlineData("acme", "u1", "another browser", "ticket_of_another_caller")]
    [InlineData("acme", "u1", "", "ticket_of_another_caller")]
    [InlineData("acme", "u1", null, "ticket_of_another_caller")]
    public void Is_good_for_the_same_provider_user_and_caller_alone(string provider, string? user, string? binding, string? reason) =>
        Assert.Equal(reason, tickets.Unprotect(tickets.Protect(Content), provider, user is null ? null : new UserRef(user), binding).Error?.Reason);

    [Fact]
    public void Ten_minutes_count_from_the_first_interruption()
    {
        string first = tickets.Protect(Content);
        time.Advance(TimeSpan.FromMinutes(6));
        string second = tickets.Protect(Open(first).Value!);
        Assert.NotEqual(Open(first).Value!.Id, Open(second).Value!.Id);
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("ticket_expired", Open(second).Error?.Reason);
    }

    [Fact]
    public void Bound_anew_it_is_the_same_ticket_for_the_new_caller_alone()
    {
        string first = tickets.Protect(Content);
        time.Advance(TimeSpan.FromMinutes(6));

        string second = tickets.Rebind(first, "browser", "app").Value!;

        TicketContent before = Open(first).Value!;
        TicketContent after = tickets.Unprotect(second, "acme", new UserRef("u1"), "app").Value!;
        Assert.Equal((before.Id, before.ExpiresAt, before.Identity), (after.Id, after.ExpiresAt, after.Identity));
        Assert.Equal("kept", after.Memory["step:key"]);
        Assert.Equal("ticket_of_another_caller", Open(second).Error?.Reason);
        Assert.Equal("ticket_of_another_exchange", tickets.Unprotect(second, "acme", null, "app").Error?.Reason);
    }

    [Theory]
    [InlineData("another browser", 0, "ticket_of_another_caller")]
    [InlineData("", 0, "ticket_of_another_caller")]
    [InlineData("browser", 10, "ticket_expired")]
    public void Is_bound_anew_only_by_who_knows_its_caller_and_while_it_is_good(string from, int minutes, string reason)
    {
        string ticket = tickets.Protect(Content);
        time.Advance(TimeSpan.FromMinutes(minutes));
        Assert.Equal(reason, tickets.Rebind(ticket, from, "app").Error?.Reason);
        Assert.Equal("ticket_unreadable", tickets.Rebind(ticket + "AAAA", from, "app").Error?.Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("not base64url!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_ticket_is_refused(string text) => Assert.Equal("ticket_unreadable", Open(text).Error?.Reason);

    private Result<TicketContent> Open(string ticket) => tickets.Unprotect(ticket, "acme", new UserRef("u1"), "browser");
}
