using Cambio.Testing;

namespace Cambio.Tests.Testing;

/// <summary>To whom a token was issued, in each provider's dialect.</summary>
public sealed class ProofsOfAFake
{
    private readonly ProviderSimulator simulator = Ask.Catalogue();

    public static TheoryData<string, string> Audiences => new()
    {
        { "google", "aud" },
        { "facebook", "data.app_id" },
        { "github", "app.client_id" },
        { "gitlab", "application.uid" },
        { "discord", "application.id" },
        { "linkedin", "client_id" },
    };

    [Theory]
    [MemberData(nameof(Audiences))]
    public async Task A_token_names_its_application(string id, string path)
    {
        Reply reply = await ProofAsync(simulator[id], simulator[id].Mint("ada").AccessToken!);

        Assert.Equal(200, reply.Status);
        Assert.Equal(simulator[id].ClientId, reply[path]);
    }

    [Theory]
    [MemberData(nameof(Audiences))]
    public async Task A_token_of_another_application_never_names_ours(string id, string path)
    {
        Reply reply = await ProofAsync(simulator[id], simulator[id].MintForAnotherApplication("ada").AccessToken!);

        Assert.NotEqual(simulator[id].ClientId, reply[path]);
        Assert.Equal(id == "github" ? 404 : 200, reply.Status);
    }

    [Theory]
    [InlineData("google", 400, "error", "invalid_token")]
    [InlineData("facebook", 200, "data.is_valid", "false")]
    [InlineData("github", 404, "message", "Not Found")]
    [InlineData("gitlab", 401, "error", "invalid_token")]
    [InlineData("discord", 401, "code", "0")]
    [InlineData("linkedin", 400, "error", "invalid_request")]
    public async Task An_unknown_token_is_refused_as_the_provider_does(string id, int status, string path, string value)
    {
        Reply reply = await ProofAsync(simulator[id], "guess");

        Assert.Equal(status, reply.Status);
        Assert.Equal(value, reply[path]);
    }

    [Theory]
    [InlineData("facebook")]
    [InlineData("github")]
    [InlineData("linkedin")]
    public async Task An_application_with_a_wrong_secret_learns_nothing(string id)
    {
        FakeProvider provider = simulator[id];
        string token = provider.Mint("ada").AccessToken!;
        provider.Register(provider.ClientId, "another secret");
        Reply reply = await ProofAsync(provider, token);

        Assert.Equal(401, reply.Status);
        Assert.Equal("invalid_client", reply["error"]);
    }

    private Task<Reply> ProofAsync(FakeProvider provider, string token)
    {
        (string id, string secret) = (provider.ClientId, provider.ClientSecret);
        return provider.Id switch
        {
            "google" => simulator.Get($"https://oauth2.googleapis.com/tokeninfo?access_token={token}"),
            "facebook" => simulator.Get($"https://graph.facebook.com/debug_token?input_token={token}&access_token={id}%7C{secret}"),
            "github" => simulator.Send(
                "POST", $"https://api.github.com/applications/{id}/token", Ask.Basic(id, secret), $$"""{"access_token":"{{token}}"}""", "application/json"),
            "gitlab" => simulator.Get("https://gitlab.com/oauth/token/info", token),
            "discord" => simulator.Get("https://discord.com/api/v10/oauth2/@me", token),
            _ => simulator.Post("https://www.linkedin.com/oauth/v2/introspectToken", ("client_id", id), ("client_secret", secret), ("token", token)),
        };
    }
}
