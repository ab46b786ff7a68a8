using Cambio.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class PkceTests
{
    [Fact]
    public void The_example_of_the_RFC_matches() =>
        Assert.True(Pkce.Matches("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));

    [Theory]
    [InlineData(42, "", false)]
    [InlineData(43, "", true)]
    [InlineData(128, "", true)]
    [InlineData(129, "", false)]
    [InlineData(50, "-._~", true)]
    [InlineData(50, "+", false)]
    [InlineData(50, "/", false)]
    [InlineData(50, "=", false)]
    [InlineData(50, " ", false)]
    [InlineData(50, "\n", false)]
    [InlineData(50, "é", false)]
    [InlineData(0, "", false)]
    public void A_verifier_has_43_to_128_unreserved_characters(int length, string end, bool wellFormed)
    {
        string verifier = end.PadLeft(length, 'a');

        Assert.Equal(wellFormed, Pkce.Matches(verifier, Pkce.Challenge(verifier)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA=")]
    [InlineData("ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjN")]
    [InlineData("ztnpunh49fd35fwyht5tv8i7vrkqj8uxmal0_9ehjna")]
    public void Another_challenge_does_not_match_and_the_plain_method_never(string challenge) =>
        Assert.False(Pkce.Matches(new string('a', 43), challenge));
}
