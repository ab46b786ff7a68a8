using System.Security.Cryptography;
using System.Text;
using Cambio.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Cambio.Tests.Testing;

public sealed class AccessTokensOfAFake
{
    private const string Me = "https://graph.facebook.com/me?fields=id,name,first_name,last_name,email,picture.type(large)";

    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly ProviderSimulator simulator;

    public AccessTokensOfAFake() => simulator = Ask.Catalogue(time);

    [Theory]
    [InlineData("google", "https://www.googleapis.com/oauth2/v3/userinfo", "email")]
    [InlineData("gitlab", "https://gitlab.com/api/v4/user", "email")]
    [InlineData("discord", "https://discord.com/api/users/@me", "email")]
    [InlineData("linkedin", "https://api.linkedin.com/v2/userinfo", "email")]
    [InlineData("microsoft", "https://graph.microsoft.com/v1.0/me", "mail")]
    [InlineData("github", "https://api.github.com/user", "email")]
    public async Task A_minted_token_reads_its_users_profile(string id, string url, string path)
    {
        Reply reply = await simulator.Get(url, simulator[id].Mint("ada").AccessToken);

        Assert.Equal(200, reply.Status);
        Assert.Equal($"ada@{id}.example", reply[path]);
    }

    [Fact]
    public async Task A_token_is_good_for_an_hour()
    {
        string? token = simulator["google"].Mint("ada").AccessToken;
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, (await simulator.Get("https://www.googleapis.com/oauth2/v3/userinfo", token)).Status);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(401, (await simulator.Get("https://www.googleapis.com/oauth2/v3/userinfo", token)).Status);
    }

    [Theory]
    [InlineData("guess")]
    [InlineData(null)]
    public async Task Nobody_else_reads_a_profile(string? token) =>
        Assert.Equal(401, (await simulator.Get("https://www.googleapis.com/oauth2/v3/userinfo", token)).Status);

    [Fact]
    public async Task A_token_of_another_provider_is_unknown() =>
        Assert.Equal(401, (await simulator.Get("https://www.googleapis.com/oauth2/v3/userinfo", simulator["discord"].Mint("ada").AccessToken)).Status);

    [Fact]
    public async Task The_proof_of_the_secret_is_demanded()
    {
        FakeProvider facebook = simulator["facebook"];
        string token = facebook.Mint("ada").AccessToken!;
        byte[] proof = HMACSHA256.HashData(Encoding.UTF8.GetBytes(facebook.ClientSecret), Encoding.UTF8.GetBytes(token));

        Assert.Equal(200, (await simulator.Get($"{Me}&appsecret_proof={Convert.ToHexStringLower(proof)}", token)).Status);
        Assert.Equal(400, (await simulator.Get($"{Me}&appsecret_proof={Convert.ToHexStringLower(proof).Replace('a', 'b')}", token)).Status);
        Assert.Equal(400, (await simulator.Get(Me, token)).Status);
    }

    [Fact]
    public async Task A_call_that_the_definition_does_not_describe_is_refused() =>
        Assert.Equal(400, (await simulator.Get("https://graph.facebook.com/me?fields=id", simulator["facebook"].Mint("ada").AccessToken)).Status);

    [Fact]
    public async Task Calls_to_nowhere_are_kept_apart()
    {
        await simulator.Get("https://www.googleapis.com/oauth2/v3/userinfo");
        Assert.Empty(simulator.Unplanned);
        await simulator.Get("https://www.googleapis.com/oauth2/v9/userinfo");
        Assert.Equal(new SimulatedCall(null, null, "GET", "www.googleapis.com", "/oauth2/v9/userinfo", 404), Assert.Single(simulator.Unplanned));
        Assert.Equal(new SimulatedCall("google", "profile", "GET", "www.googleapis.com", "/oauth2/v3/userinfo", 401), simulator.Calls[0]);
    }
}
