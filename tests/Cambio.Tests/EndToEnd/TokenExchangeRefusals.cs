using Cambio.Testing;

namespace Cambio.Tests.EndToEnd;

/// <summary>What the corridor refuses, told by the token endpoint: the same words as elsewhere, with RFC 6749's 400 and in its form.</summary>
public sealed class TokenExchangeRefusals
{
    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["the provider is unknown"] = new(400, "invalid_request") { Issuer = "nobody" },
        ["the provider takes no such credential"] = new(400, "credential_not_accepted") { Settings = [("Cambio:Providers:google:Accepts", "code")] },
        ["another application's token"] = new(400, "invalid_grant") { ClientId = "somebody-elses" },
        ["nobody is on the list"] = new(400, "access_denied") { Settings = [("Cambio:Accounts:AllowedDomains", "example.org")] },
        ["no new accounts"] = new(400, "signup_disabled") { Settings = [("Cambio:Accounts:SignUp", "false")] },
        ["an account has the address"] = new(400, "link_required")
        {
            Settings = [("Cambio:Accounts:LinkByEmail", "Ask")],
            Before = host => host.ExchangeAsync("google", "access_token", new MintOptions { User = "ada", Email = "shared@gmail.com" }),
            User = new MintOptions { User = "grace", Email = "shared@gmail.com" },
        },
        ["the terms are not accepted"] = new(400, "interaction_required")
        {
            Settings = [("Cambio:Accounts:Terms", "1"), ("Cambio:Pipeline", "find-login, create-user, require-terms, save-login")],
        },
        ["the provider is down"] = new(503, "temporarily_unavailable") { Fault = Fault.Down },
        ["the provider answers nonsense"] = new(502, "provider_error") { Fault = Fault.Body("<html>", "text/html") },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_told_in_the_words_of_RFC_6749(string name)
    {
        Case refused = Cases[name];
        await using FakedHost host = await FakedHost.StartAsync(refused.Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        if (refused.Before is { } before)
        {
            Assert.Equal(200, (await before(host)).Status);
        }

        string? token = host.Fakes["google"].Mint(refused.User with { ClientId = refused.ClientId }).AccessToken;
        if (refused.Fault is { } fault)
        {
            host.Fakes["google"].Break("proof", fault);
        }

        Dictionary<string, long> rows = host.Host.Rows();
        Answer answer = await host.Host.PostFormAsync(
            "/auth/token",
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("subject_token", token),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"), ("subject_issuer", refused.Issuer));

        Assert.Equal((refused.Status, refused.Error, "application/json"), (answer.Status, answer.Error, answer.MediaType));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(refused.Error == "interaction_required", answer.Json.TryGetProperty("ticket", out _));
        Assert.Equal(refused.Status == 503, answer.Headers.RetryAfter is not null);
        Assert.Equal(rows, host.Host.Rows());
    }

    private sealed record Case(int Status, string Error)
    {
        public (string Key, string Value)[] Settings { get; init; } = [];

        public string Issuer { get; init; } = "google";

        public string? ClientId { get; init; }

        public MintOptions User { get; init; } = new() { User = "ada" };

        public Fault? Fault { get; init; }

        public Func<FakedHost, Task<Answer>>? Before { get; init; }
    }
}
