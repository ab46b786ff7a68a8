using Microsoft.Extensions.Options;

namespace Cambio.Tests.EndToEnd;

/// <summary>Mistakes of the operator stop the start, all listed at once, each with the setting and the fix.</summary>
public sealed class StartTests
{
    [Fact]
    public void All_mistakes_are_listed_at_once()
    {
        OptionsValidationException e = Assert.Throws<OptionsValidationException>(() => CambioHost.Start(
        [
            new("Cambio:Pipeline", "find-login, make-coffee"),
            new("Cambio:Accounts:LinkByEmail", "Sometimes"),
            new("Cambio:Accounts:SingUp", "false"),
            new("Cambio:Tokens:AccessTokenLifetime", "10.00:00:00"),
            new("Cambio:Http:Timeout", "soon"),
            new("Cambio:Providers:google:ClientId", " "),
            new("Cambio:Providers:github:ClientId", "id-without-secret"),
            new("Cambio:Providers:gogle:ClientId", "x"),
            new("Cambio:Providers:my-own:ClientId", "x"),
        ]));
        foreach (string key in new[]
        {
            "make-coffee", "save-login", "Cambio:Accounts:LinkByEmail", "Cambio:Accounts:SingUp", "Cambio:Http:Timeout", "Cambio:Providers:google:ClientId",
            "Cambio:Providers:github:ClientSecret", "Cambio:Providers:gogle", "Cambio:Providers:my-own",
        })
        {
            Assert.Contains(e.Failures, failure => failure.Contains(key, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Cambio:Sandbox:Enabled", "true")]
    [InlineData("Cambio:Http:Simulator", "http://127.0.0.1:9/")]
    public void What_simulates_providers_refuses_to_start_outside_development(string key, string value)
    {
        OptionsValidationException e = Assert.Throws<OptionsValidationException>(() => CambioHost.Start([new(key, value)], environment: "Production"));
        Assert.Contains(e.Failures, failure => failure.Contains(key, StringComparison.Ordinal) && failure.Contains("Development", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Cambio:Providers:google:Definition:Claims:Sub:0", "id")]
    [InlineData("Cambio:Providers:google:Definition:Authorisation:Scope", "openid")]
    [InlineData("Cambio:Providers:google:Acepts", "code")]
    public void A_mistyped_key_of_a_provider_is_a_mistake(string key, string value) =>
        Assert.Throws<OptionsValidationException>(() => CambioHost.Start(
            [new("Cambio:Providers:google:ClientId", "c"), new("Cambio:Providers:google:ClientSecret", "s"), new(key, value)]));

    [Theory]
    [InlineData("Cambio:Accounts:AllowedDomains", " , ", "names nobody")]
    [InlineData("Cambio:Accounts:AllowedEmails", "", "names nobody")]
    [InlineData("Cambio:Accounts:AllowedDomains", "example.com", "check-allowed")]
    public void An_allow_list_that_would_let_everybody_in_is_a_mistake(string key, string value, string expected)
    {
        OptionsValidationException e = Assert.Throws<OptionsValidationException>(() => CambioHost.Start(
            [new(key, value), new("Cambio:Pipeline", "find-login, create-user, save-login")]));
        Assert.Contains(e.Failures, failure => failure.Contains(key, StringComparison.Ordinal) && failure.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_any_provider_starts_and_says_so()
    {
        await using CambioHost host = CambioHost.Start();
        Assert.Empty((await host.GetAsync("/auth/providers")).Json.GetProperty("providers").EnumerateArray());
        Assert.Equal(200, (await host.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await host.GetAsync("/health/live")).Status);
    }
}
