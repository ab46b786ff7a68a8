using Cambio.Testing;

namespace Cambio.Tests.Testing;

public sealed class CodesOfAFake
{
    private const string TokenEndpoint = "https://oauth2.googleapis.com/token";

    private readonly ProviderSimulator simulator = Ask.Catalogue();

    private FakeProvider Google => simulator["google"];

    [Fact]
    public async Task A_code_is_redeemed_once()
    {
        MintedCredentials minted = Google.Mint("ada");
        Reply first = await simulator.Post(TokenEndpoint, minted.Redemption(Google));
        Reply second = await simulator.Post(TokenEndpoint, minted.Redemption(Google));

        Assert.Equal(200, first.Status);
        Assert.Equal("Bearer", first["token_type"]);
        Assert.Equal("ada@google.example", Ask.Claims(first["id_token"]!)["email"]!.GetValue<string>());
        Assert.Equal(400, second.Status);
        Assert.Equal("invalid_grant", second["error"]);
    }

    [Theory]
    [InlineData("client_secret", "guess", 401, "invalid_client")]
    [InlineData("client_secret", null, 401, "invalid_client")]
    [InlineData("client_id", "nobody", 401, "invalid_client")]
    [InlineData("grant_type", "password", 400, "unsupported_grant_type")]
    [InlineData("redirect_uri", "https://evil.example/callback", 400, "invalid_grant")]
    [InlineData("redirect_uri", null, 400, "invalid_grant")]
    [InlineData("code_verifier", "another-verifier-of-at-least-forty-three-characters", 400, "invalid_grant")]
    [InlineData("code_verifier", null, 400, "invalid_grant")]
    [InlineData("code", "guess", 400, "invalid_grant")]
    [InlineData("code", null, 400, "invalid_grant")]
    public async Task A_code_is_refused_when(string parameter, string? value, int status, string error)
    {
        Reply reply = await simulator.Post(TokenEndpoint, Google.Mint("ada").Redemption(Google, (parameter, value)));

        Assert.Equal(status, reply.Status);
        Assert.Equal(error, reply["error"]);
    }

    [Fact]
    public async Task A_verifier_without_a_challenge_is_refused()
    {
        MintedCredentials minted = Google.Mint(new MintOptions { User = "ada", Pkce = false });
        Assert.Null(minted.CodeVerifier);
        Reply reply = await simulator.Post(TokenEndpoint, minted.Redemption(Google, ("code_verifier", "a-verifier-of-at-least-forty-three-characters-xx")));

        Assert.Equal("invalid_grant", reply["error"]);
    }

    [Fact]
    public async Task A_code_of_another_application_is_refused() =>
        Assert.Equal("invalid_grant", (await simulator.Post(TokenEndpoint, Google.MintForAnotherApplication("ada").Redemption(Google)))["error"]);

    [Fact]
    public async Task A_doubled_parameter_is_refused()
    {
        Reply reply = await simulator.Post(TokenEndpoint, [.. Google.Mint("ada").Redemption(Google), ("code", "again")]);

        Assert.Equal("invalid_request", reply["error"]);
    }

    [Fact]
    public async Task A_verifier_is_refused_where_the_provider_takes_none()
    {
        FakeProvider linkedin = simulator["linkedin"];
        MintedCredentials minted = linkedin.Mint("ada");
        Reply refused = await simulator.Post("https://www.linkedin.com/oauth/v2/accessToken", minted.Redemption(linkedin, ("code_verifier", "x")));
        Reply taken = await simulator.Post("https://www.linkedin.com/oauth/v2/accessToken", minted.Redemption(linkedin));

        Assert.Null(minted.CodeVerifier);
        Assert.Equal(400, refused.Status);
        Assert.Equal(200, taken.Status);
    }

    [Fact]
    public async Task A_refusal_is_in_the_providers_own_words()
    {
        FakeProvider github = simulator["github"];
        Reply reply = await simulator.Post("https://github.com/login/oauth/access_token", github.Mint("ada").Redemption(github, ("code", "guess")));

        Assert.Equal(200, reply.Status);
        Assert.Equal("bad_verification_code", reply["error"]);
    }
}
