using System.Buffers.Text;
using System.Text.Json.Nodes;
using Cambio.Testing;

namespace Cambio.Tests.Testing;

public sealed class SignalsOfAFake
{
    private readonly ProviderSimulator simulator = Ask.Catalogue();

    [Fact]
    public void A_logout_token_is_about_the_user_who_signs_in()
    {
        FakeProvider fake = simulator["keycloak"];
        SimulatedSignal signal = fake.Signal("backchannel", new SignalOptions { User = "ada", SessionId = "s-1" });
        string token = signal.Body["logout_token=".Length..];
        JsonObject claims = Ask.Claims(token);

        Assert.Equal("application/x-www-form-urlencoded", signal.ContentType);
        Assert.Equal((string?)Ask.Claims(fake.Mint("ada").IdToken!)["sub"], (string?)claims["sub"]);
        Assert.Equal(("s-1", fake.ClientId), ((string?)claims["sid"], (string?)claims["aud"]));
        Assert.Equal("logout+jwt", (string?)JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!["typ"]);
    }

    [Fact]
    public void An_ID_token_names_the_session_that_a_logout_ends() =>
        Assert.Equal("s-1", (string?)Ask.Claims(simulator["keycloak"].Mint(new MintOptions { User = "ada", SessionId = "s-1" }).IdToken!)["sid"]);

    [Fact]
    public void An_event_is_of_the_type_that_is_asked_for()
    {
        JsonObject events = Ask.Claims(simulator["google"].Signal("risc", "ada", "urn:example:event").Body)["events"]!.AsObject();

        Assert.Equal(["urn:example:event"], events.Select(member => member.Key));
    }

    [Fact]
    public void A_notification_holds_its_event_as_text()
    {
        SimulatedSignal signal = simulator["apple"].Signal("notifications", "ada", "consent-revoked");
        JsonObject claims = Ask.Claims((string)JsonNode.Parse(signal.Body)!["payload"]!);

        Assert.Equal("consent-revoked", (string?)JsonNode.Parse((string)claims["events"]!)!["type"]);
    }

    [Fact]
    public void Without_a_user_it_is_the_one_of_the_default_case() =>
        Assert.Equal(
            (string?)Ask.Claims(simulator["keycloak"].Mint(new MintOptions()).IdToken!)["sub"],
            (string?)Ask.Claims(simulator["keycloak"].Signal("backchannel", new SignalOptions()).Body["logout_token=".Length..])["sub"]);

    [Fact]
    public void What_a_provider_never_says_cannot_be_asked_for() =>
        Assert.Throws<ArgumentException>(() => simulator["github"].Signal("backchannel", "ada"));

    [Fact]
    public void None_prints_itself() => Assert.DoesNotContain("ey", simulator["google"].Signal("risc", "ada").ToString(), StringComparison.Ordinal);
}
