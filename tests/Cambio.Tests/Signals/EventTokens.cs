using Cambio.Providers;

namespace Cambio.Tests.Signals;

/// <summary>Security event tokens (RFC 8417), such as those of RISC and CAEP.</summary>
public sealed class EventTokens : SignedTokens
{
    private const string Revoked = "https://schemas.openid.net/secevent/risc/event-type/sessions-revoked";
    private const string Purged = "https://schemas.openid.net/secevent/risc/event-type/account-purged";

    private protected override SignalDefinition Definition { get; } = new()
    {
        Format = SignalFormat.SecurityEventToken,
        Types = new SignalTypesDefinition { EndSessions = [Revoked], Revoke = ["urn:example:tokens"], Delete = [Purged], None = ["urn:example:nothing"] },
    };

    private protected override string Kind => "event_token";

    private protected override string Type => "secevent+jwt";

    private protected override string NoEvent => "events";

    private protected override string Claims =>
        $$$"""{"iss":"https://id.example","aud":"our-client","iat":{{{Now}}},"jti":"e-1","sub_id":{"format":"iss_sub","iss":"https://id.example","sub":"{{{Ada}}}"},"events":{"{{{Revoked}}}":{} }}""";

    private string WithoutSubject => With(Claims, "sub_id", "");

    [Theory]
    [InlineData("""{"https://schemas.openid.net/secevent/risc/event-type/sessions-revoked":true}""")]
    [InlineData("""{"https://schemas.openid.net/secevent/risc/event-type/sessions-revoked":{},"urn:x":1}""")]
    public async Task Refuses_events_that_are_no_objects(string events) => await RefusedAsync(Key.Sign(With(Claims, "events", events)), "event_token_events");

    [Fact]
    public async Task Is_refused_after_a_day()
    {
        string token = Key.Sign(Claims);
        Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(60));

        await RefusedAsync(token, "event_token_stale");
    }

    [Fact]
    public async Task Is_taken_to_the_last_second_of_the_day()
    {
        string token = Key.Sign(Claims);
        Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(59));

        await AcceptedAsync(token);

        Assert.Equal(["s-bob", "s-eve"], Open);
    }

    [Theory]
    [InlineData("""{"subject":{"subject_type":"iss-sub","iss":"https://id.example","sub":"ada-at-example"}}""", true)]
    [InlineData("""{"subject":{"subject_type":"iss_sub","iss":"https://id.example","sub":"ada-at-example"}}""", true)]
    [InlineData("""{"subject":{"format":"iss_sub","iss":"https://id.example","sub":"ada-at-example"}}""", true)]
    [InlineData("""{"subject":{"subject_type":"iss-sub","iss":"https://other.example","sub":"ada-at-example"}}""", false)]
    [InlineData("""{"subject":{"subject_type":"iss-sub","sub":"ada-at-example"}}""", false)]
    [InlineData("""{"subject":{"subject_type":"email","email":"ada@example.com"}}""", false)]
    [InlineData("""{"subject":{"subject_type":"opaque","iss":"https://id.example","sub":"ada-at-example"}}""", false)]
    [InlineData("""{"subject":"ada-at-example"}""", false)]
    [InlineData("{}", false)]
    public async Task Knows_whom_an_event_is_about(string payload, bool isAda)
    {
        await AcceptedAsync(Key.Sign(With(WithoutSubject, "events", $$"""{"{{Revoked}}":{{payload}}}""")));

        Assert.Equal(isAda ? ["s-bob", "s-eve"] : ["s-ada", "s-bob", "s-eve"], Open);
    }

    [Theory]
    [InlineData("sub_id", """{"format":"iss_sub","iss":"https://other.example","sub":"ada-at-example"}""", false)]
    [InlineData("sub_id", """{"format":"email","email":"ada@example.com"}""", false)]
    [InlineData("sub_id", "\"ada-at-example\"", false)]
    [InlineData("sub", "\"ada-at-example\"", true)]
    [InlineData("sub", "\"nobody\"", false)]
    public async Task Knows_whom_a_token_is_about(string claim, string json, bool isAda)
    {
        await AcceptedAsync(Key.Sign(With(WithoutSubject, claim, json)));

        Assert.Equal(isAda ? ["s-bob", "s-eve"] : ["s-ada", "s-bob", "s-eve"], Open);
    }

    [Fact]
    public async Task Reads_the_subject_where_the_definition_says()
    {
        SignalDefinition elsewhere = Definition with { Subject = "account.id" };

        await AcceptedAsync(Key.Sign(With(Claims, "account", "{\"id\":\"bob-at-example\"}")), Source(elsewhere));

        Assert.Equal(["s-ada", "s-eve"], Open);
    }

    [Fact]
    public async Task Acknowledges_a_type_that_is_not_listed_and_ends_nothing()
    {
        await AcceptedAsync(Key.Sign(With(Claims, "events", """{"urn:example:unheard\n of":{}}""")));

        Assert.Equal(["s-ada", "s-bob", "s-eve"], Open);
        Assert.Equal(("success", "none unlisted"), (Audit.Last.Outcome, Audit.Last.Reason));
    }

    [Fact]
    public async Task Carries_out_every_event_that_it_holds()
    {
        await AcceptedAsync(Key.Sign(With(Claims, "events", $$$"""{"{{{Revoked}}}":{},"urn:example:tokens":{},"urn:x":{}}""")));

        Assert.Equal(["example bob-at-example", "other ada-at-example"], Kept);
        Assert.Equal($"end_sessions {Revoked}, revoke urn:example:tokens, none unlisted", Audit.Last.Reason);
    }

    [Fact]
    public async Task Sent_again_is_acknowledged_and_changes_nothing()
    {
        await AcceptedAsync(Key.Sign(Claims));
        await OpenAsync(Named("ada"), "example", Ada, "s-ada-2");

        await AcceptedAsync(Key.Sign(Claims));

        Assert.Equal(["s-ada-2", "s-bob", "s-eve"], Open);
        Assert.Equal(("success", "signal_replayed"), (Audit.Last.Outcome, Audit.Last.Reason));
    }

    [Fact]
    public async Task Is_signed_with_keys_of_its_own_where_the_definition_says()
    {
        SignalDefinition own = Definition with { JwksUri = "https://events.example/keys", Issuers = ["https://events.example"] };
        Fake.On("GET /events.example/keys", "{\"keys\":[" + Key.Jwk + "]}");
        string claims = With(With(Claims, "iss", "\"https://events.example\""), "jti", "\"e-2\"");

        await RefusedAsync(Key.Sign(Claims), "issuer_mismatch", Source(own));
        await AcceptedAsync(Key.Sign(claims), Source(own));

        Assert.Equal(0, Fake.Count("GET /id.example/keys"));
        Assert.Equal(["s-bob", "s-eve"], Open);
    }
}
