using Cambio.Testing;

namespace Cambio.Tests.EndToEnd;

/// <summary>Whatever a provider does: 503 for an outage, 502 for nonsense, 400 for a refusal; never an account, never a 500.</summary>
public sealed class ProviderFaultTests
{
    private static readonly Dictionary<string, Fault> Faults = new()
    {
        ["down"] = Fault.Down,
        ["truncated"] = Fault.Truncated,
        ["500"] = Fault.Status(500),
        ["503 with Retry-After"] = Fault.Status(503, TimeSpan.FromSeconds(7)),
        ["429"] = Fault.Status(429, TimeSpan.FromDays(30)),
        ["slow"] = Fault.Slow(TimeSpan.FromSeconds(30)),
        ["HTML"] = Fault.Body("<html>captive portal</html>", "text/html"),
        ["HTML that says JSON"] = Fault.Body("<html></html>"),
        ["array"] = Fault.Body("[]"),
        ["text"] = Fault.Body("\"x\""),
        ["half an object"] = Fault.Body("{\"id\":"),
        ["doubled member"] = Fault.Body("{\"id\":1,\"id\":2}"),
        ["redirect"] = Fault.Redirect("https://evil.example/"),
        ["missing id"] = Fault.Body("{\"name\":\"x\"}"),
        ["empty id"] = Fault.Body("{\"id\":\"\"}"),
        ["null id"] = Fault.Body("{\"id\":null}"),
        ["zero id"] = Fault.Body("{\"id\":0}"),
        ["fraction id"] = Fault.Body("{\"id\":42.5}"),
        ["object id"] = Fault.Body("{\"id\":{}}"),
        ["401"] = Fault.Status(401),
        ["error inside 200"] = Fault.Body("{\"error\":{\"message\":\"x\"}}"),
    };

    public static TheoryData<string, int, string> OfTheProfile() => new()
    {
        { "down", 503, "temporarily_unavailable" },
        { "500", 503, "temporarily_unavailable" },
        { "503 with Retry-After", 503, "temporarily_unavailable" },
        { "429", 503, "temporarily_unavailable" },
        { "slow", 503, "temporarily_unavailable" },
        { "truncated", 503, "temporarily_unavailable" },
        { "HTML", 502, "provider_error" },
        { "HTML that says JSON", 502, "provider_error" },
        { "array", 502, "provider_error" },
        { "text", 502, "provider_error" },
        { "half an object", 502, "provider_error" },
        { "doubled member", 502, "provider_error" },
        { "redirect", 502, "provider_error" },
        { "missing id", 502, "provider_error" },
        { "empty id", 502, "provider_error" },
        { "null id", 502, "provider_error" },
        { "zero id", 502, "provider_error" },
        { "fraction id", 502, "provider_error" },
        { "object id", 502, "provider_error" },
        { "401", 400, "invalid_grant" },
        { "error inside 200", 400, "invalid_grant" },
    };

    [Theory]
    [MemberData(nameof(OfTheProfile))]
    public async Task The_profile_call_fails(string fault, int status, string error)
    {
        await using FakedHost faked = await StartAsync();
        Dictionary<string, long> before = faked.Host.Rows();
        MintedCredentials minted = faked.Fakes["github"].Mint("ada");
        faked.Fakes["github"].Break("profile", Faults[fault]);

        Answer answer = await faked.ExchangeAsync("github", "access_token", minted);

        Assert.Equal((status, error), (answer.Status, answer.Error));
        Assert.Equal(before, faked.Host.Rows());
        Assert.Equal(status == 503, answer.Headers.RetryAfter is not null);
        Assert.True(answer.Headers.RetryAfter?.Delta is null || answer.Headers.RetryAfter.Delta <= TimeSpan.FromSeconds(300));

        // Once the provider is well again, so is the exchange: nothing was half done.
        faked.Fakes["github"].Mend();
        Assert.Equal(200, (await faked.ExchangeAsync("github", "access_token", minted)).Status);
    }

    [Theory]
    [InlineData("proof", "down", 503)]
    [InlineData("proof", "slow", 503)]
    [InlineData("proof", "HTML", 502)]
    [InlineData("proof", "redirect", 502)]
    [InlineData("proof", "array", 502)]
    [InlineData("emails", "500", 503)]
    [InlineData("emails", "HTML", 502)]
    public async Task Another_call_fails(string endpoint, string fault, int status)
    {
        await using FakedHost faked = await StartAsync();
        faked.Fakes["github"].Break(endpoint, Faults[fault]);
        Answer answer = await faked.ExchangeAsync("github", "access_token", new MintOptions { User = "ada" });
        Assert.Equal(status, answer.Status);
        Assert.All(faked.Host.Rows().Values, rows => Assert.Equal(0, rows));
    }

    [Fact]
    public async Task The_profile_is_never_asked_for_when_the_proof_fails()
    {
        await using FakedHost faked = await StartAsync();
        Answer answer = await faked.ExchangeAsync("facebook", "access_token", faked.Fakes["facebook"].MintForAnotherApplication("ada"));
        Assert.Equal((400, "invalid_grant", "audience_mismatch"), (answer.Status, answer.Error, answer.Reason));
        Assert.Equal(["proof"], faked.Fakes.Simulator.Calls.Select(call => call.Endpoint));
    }

    [Theory]
    [InlineData("google")]
    [InlineData("facebook")]
    [InlineData("github")]
    [InlineData("gitlab")]
    [InlineData("discord")]
    [InlineData("linkedin")]
    public async Task A_token_of_another_application_is_refused(string provider)
    {
        await using FakedHost faked = await StartAsync();
        Answer answer = await faked.ExchangeAsync(provider, "access_token", faked.Fakes[provider].MintForAnotherApplication("ada"));
        Assert.Equal((400, "invalid_grant"), (answer.Status, answer.Error));
        Assert.All(faked.Host.Rows().Values, rows => Assert.Equal(0, rows));
    }

    [Fact]
    public async Task A_wrong_secret_of_ours_is_the_operators_business()
    {
        await using FakedHost faked = await StartAsync(KeyValuePair.Create("Cambio:Providers:github:ClientSecret", (string?)"not-it"));
        Answer answer = await faked.ExchangeAsync("github", "code", new MintOptions { User = "ada" });
        Assert.Equal((502, "provider_error", "client_credentials_rejected"), (answer.Status, answer.Error, answer.Reason));
    }

    [Fact]
    public async Task One_providers_outage_is_none_of_the_others()
    {
        await using FakedHost faked = await StartAsync();
        faked.Fakes["github"].Break("proof", Fault.Down);
        Assert.Equal(503, (await faked.ExchangeAsync("github", "access_token", new MintOptions { User = "ada" })).Status);
        Assert.Equal(200, (await faked.ExchangeAsync("google", "access_token", new MintOptions { User = "ada" })).Status);
    }

    private static Task<FakedHost> StartAsync(params KeyValuePair<string, string?>[] settings) =>
        FakedHost.StartAsync([new("Cambio:Http:Timeout", "00:00:01"), .. settings]);
}
