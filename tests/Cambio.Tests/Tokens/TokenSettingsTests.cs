using System.Security.Cryptography;
using Cambio.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tests.Tokens;

public sealed class TokenSettingsTests
{
    [Fact]
    public void The_defaults_are_right() => Assert.Empty(TokenSettings.Mistakes(new CambioOptions()));

    [Theory]
    [InlineData("https://api.example.com", true)]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("https://api.example.com/", true)]
    [InlineData("https://api.example.com/tenant", true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("api.example.com", false)]
    [InlineData("/auth", false)]
    [InlineData("ftp://api.example.com", false)]
    [InlineData("https://api.example.com?x=1", false)]
    [InlineData("https://api.example.com/#x", false)]
    [InlineData("https://user:secret@api.example.com", false)]
    [InlineData("https://api.example.com/a b", false)]
    [InlineData("https://api.example.com ", false)]
    public void An_issuer_is_an_absolute_address_without_query_and_fragment(string issuer, bool right)
    {
        var options = new CambioOptions { Tokens = { Issuer = issuer } };

        AssertMistake("Cambio:Tokens:Issuer", right, options);
    }

    [Theory]
    [InlineData("https://api.example.com", true)]
    [InlineData("https://api.example.com/", true)]
    [InlineData("https://api.example.com/path", false)]
    [InlineData("*", false)]
    [InlineData("http://*:8080", false)]
    public void The_public_address_has_no_path_either(string address, bool right) =>
        AssertMistake("Cambio:PublicUrl", right, new CambioOptions { PublicUrl = address });

    [Theory]
    [InlineData("orders", true)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    public void An_audience_that_is_set_names_something(string audience, bool right) =>
        AssertMistake("Cambio:Tokens:Audience", right, new CambioOptions { Tokens = { Audience = audience } });

    [Theory]
    [InlineData("00:00:59", false)]
    [InlineData("00:01:00", true)]
    [InlineData("1.00:00:00", true)]
    [InlineData("1.00:00:01", false)]
    [InlineData("-00:15:00", false)]
    public void An_access_token_lives_a_minute_to_a_day(string lifetime, bool right) => AssertMistake(
        "Cambio:Tokens:AccessTokenLifetime", right, new CambioOptions { Tokens = { AccessTokenLifetime = TimeSpan.Parse(lifetime) } });

    [Theory]
    [InlineData("00:00:00", false)]
    [InlineData("400.00:00:00", true)]
    [InlineData("400.00:00:01", false)]
    public void Refresh_tokens_and_sessions_live_up_to_four_hundred_days(string lifetime, bool right)
    {
        AssertMistake("Cambio:Tokens:RefreshTokenLifetime", right, new CambioOptions { Tokens = { RefreshTokenLifetime = TimeSpan.Parse(lifetime) } });
        AssertMistake("Cambio:Tokens:SessionLifetime", right, new CambioOptions { Tokens = { SessionLifetime = TimeSpan.Parse(lifetime) } });
    }

    [Theory]
    [InlineData(SigningAlgorithm.ES256, true)]
    [InlineData(SigningAlgorithm.RS256, true)]
    [InlineData((SigningAlgorithm)7, false)]
    public void A_signing_algorithm_is_one_of_those_that_there_are(SigningAlgorithm algorithm, bool right) =>
        AssertMistake("Cambio:Tokens:SigningAlgorithm must be one of ES256, RS256.", right, new CambioOptions { Tokens = { SigningAlgorithm = algorithm } });

    [Theory]
    [InlineData("EdDSA")]
    [InlineData("HS256")]
    [InlineData("none")]
    [InlineData("1")]
    public void Another_one_in_the_settings_is_told_with_those_that_there_are(string algorithm)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Cambio:Tokens:SigningAlgorithm", algorithm)]).Build();

        Assert.Equal("Cambio:Tokens:SigningAlgorithm must be one of ES256, RS256.", Assert.Single(SettingsCheck.Mistakes(configuration, [])).Sentence);
    }

    /// <summary>When this fails the platform has Ed25519, and EdDSA can be offered (docs/settings.md says that it cannot).</summary>
    [Fact]
    public void EdDSA_is_not_offered_because_the_platform_has_no_Ed25519()
    {
        Assert.DoesNotContain(typeof(ECDsa).Assembly.GetExportedTypes(), static type => type.Name is "Ed25519" or "EdDsa" or "EdDSA");
        Assert.ThrowsAny<Exception>(() => ECDsa.Create(ECCurve.CreateFromValue("1.3.101.112")));
        Assert.DoesNotContain(typeof(SecurityAlgorithms).GetFields(), static field => "EdDSA".Equals(field.GetValue(null)));
    }

    [Fact]
    public void All_mistakes_are_told_at_once() => Assert.Equal(5, TokenSettings.Mistakes(new CambioOptions
    {
        PublicUrl = "x",
        Tokens = { Issuer = "x", Audience = "", AccessTokenLifetime = TimeSpan.Zero, SessionLifetime = TimeSpan.MaxValue },
    }).Count());

    private static void AssertMistake(string setting, bool right, CambioOptions options)
    {
        string[] mistakes = [.. TokenSettings.Mistakes(options)];
        if (right)
        {
            Assert.Empty(mistakes);
        }
        else
        {
            Assert.StartsWith(setting, Assert.Single(mistakes), StringComparison.Ordinal);
        }
    }
}
