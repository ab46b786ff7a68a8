using Cambio.Providers;

namespace Cambio.Tests.Signals;

/// <summary>JWTs whose claim <c>events</c> is one event, often as JSON text.</summary>
public sealed class Notifications : SignedTokens
{
    private protected override SignalDefinition Definition { get; } = new()
    {
        Format = SignalFormat.NotificationToken,
        Types = new SignalTypesDefinition { Revoke = ["consent-revoked"], Delete = ["account-deleted"], None = ["email-enabled"] },
    };

    private protected override string Kind => "notification_token";

    private protected override string Type => "secevent+jwt";

    private protected override string NoEvent => "event";

    private protected override string Claims => Told("\"{\\\"type\\\":\\\"consent-revoked\\\",\\\"sub\\\":\\\"ada-at-example\\\",\\\"event_time\\\":1}\"");

    [Fact]
    public async Task Revokes_consent()
    {
        await AcceptedAsync(Key.Sign(Claims));

        Assert.Equal(["example bob-at-example", "other ada-at-example"], Kept);
        Assert.Equal("revoke consent-revoked", Audit.Last.Reason);
        Assert.Equal(3, Store.Logins.Count);
    }

    [Fact]
    public async Task Takes_the_event_as_an_object_too()
    {
        await AcceptedAsync(Key.Sign(Told("""{"type":"account-deleted","sub":"ada-at-example"}""")));

        Assert.Equal(["bob@example.com", "eve@example.com"], Store.Accounts.Select(account => account.Email).Order());
    }

    [Theory]
    [InlineData("\"{\"")]
    [InlineData("\"[]\"")]
    [InlineData("{\"sub\":\"ada-at-example\"}")]
    [InlineData("{\"type\":7,\"sub\":\"ada-at-example\"}")]
    [InlineData("\"{\\\"type\\\":\\\"a\\\",\\\"type\\\":\\\"b\\\"}\"")]
    public async Task Refuses_an_event_without_a_type(string events) => await RefusedAsync(Key.Sign(Told(events)), "notification_token_event");

    [Theory]
    [InlineData("""{"type":"email-enabled","sub":"ada-at-example"}""", "none email-enabled")]
    [InlineData("""{"type":"unheard-of","sub":"ada-at-example"}""", "none unlisted")]
    [InlineData("""{"type":"consent-revoked","sub":"nobody"}""", "revoke consent-revoked")]
    [InlineData("""{"type":"consent-revoked"}""", "revoke consent-revoked")]
    public async Task Acknowledges_what_ends_nothing(string events, string reason)
    {
        await AcceptedAsync(Key.Sign(Told(events)));

        Assert.Equal(["s-ada", "s-bob", "s-eve"], Open);
        Assert.Equal((reason, null), (Audit.Last.Reason, Audit.Last.UserId));
    }

    [Fact]
    public async Task Reads_type_and_subject_where_the_definition_says()
    {
        SignalDefinition elsewhere = Definition with { Type = "what.kind", Subject = "who.id" };

        await AcceptedAsync(Key.Sign(Told("""{"what":{"kind":"consent-revoked"},"who":{"id":"ada-at-example"}}""")), Source(elsewhere));

        Assert.Equal(["s-bob", "s-eve"], Open);
    }

    [Fact]
    public async Task Refuses_what_is_older_than_a_day() =>
        await RefusedAsync(Key.Sign(With(Claims, "iat", $"{Now - 86_460}")), "notification_token_stale");

    [Fact]
    public async Task Sent_again_is_acknowledged_and_changes_nothing()
    {
        await AcceptedAsync(Key.Sign(Claims));
        await OpenAsync(Named("ada"), "example", Ada, "s-ada-2");

        await AcceptedAsync(Key.Sign(Claims));

        Assert.Equal(["s-ada-2", "s-bob", "s-eve"], Open);
    }

    private string Told(string events) =>
        $$"""{"iss":"https://id.example","aud":"our-client","iat":{{Now}},"jti":"n-1","events":{{events}}}""";
}
