using System.Text.Json;
using Cambio.Testing;
using Cambio.Testing.Simulation;

namespace Cambio.Tests.Testing;

public sealed class PeopleOfAFake
{
    private readonly ProviderSimulator simulator = Ask.Catalogue();

    [Fact]
    public async Task The_same_name_is_the_same_person_everywhere_at_the_provider()
    {
        Reply first = await ProfileAsync(new MintOptions { User = "ada" });
        Reply again = await ProfileAsync(new MintOptions { User = "ada" });

        Assert.Equal(first.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.Equal("ada", first["login"]);
        Assert.Equal("Ada Example", first["name"]);
        Assert.Equal($"https://avatars.githubusercontent.com/u/{first["id"]}?v=4", first["avatar_url"]);
        Assert.Equal("https://github.com/ada", first["html_url"]);
    }

    [Theory]
    [InlineData("ada", "bob")]
    [InlineData("ada", "Ada")]
    [InlineData("ada lovelace", "ada-lovelace")]
    [InlineData("阿达", "埃达")]
    public async Task A_new_name_is_a_new_person_with_an_address_of_its_own(string one, string other)
    {
        Reply first = await ProfileAsync(new MintOptions { User = one });
        Reply second = await ProfileAsync(new MintOptions { User = other });

        Assert.NotEqual(first["id"], second["id"]);
        Assert.NotEqual(first["email"], second["email"]);
        Assert.NotEqual(first["login"], second["login"]);
    }

    [Fact]
    public async Task An_id_keeps_its_type_and_length()
    {
        Reply reply = await ProfileAsync(new MintOptions { User = "ada" });

        Assert.Equal(JsonValueKind.Number, reply.Body["id"]!.GetValueKind());
        Assert.Matches("^[1-9][0-9]{6}$", reply["id"]);
    }

    [Fact]
    public async Task Nobody_is_somebody_at_two_providers() =>
        Assert.NotEqual(
            (await simulator.Get("https://gitlab.com/api/v4/user", simulator["gitlab"].Mint("ada").AccessToken))["id"],
            (await ProfileAsync(new MintOptions { User = "ada" }))["id"]);

    [Fact]
    public async Task Without_a_name_it_is_the_user_of_the_case() =>
        Assert.Equal("2343672", (await ProfileAsync(new MintOptions()))["id"]);

    [Fact]
    public async Task An_address_can_be_chosen()
    {
        MintedCredentials minted = simulator["google"].Mint(new MintOptions { User = "ada", Email = "ada@lovelace.example" });
        Reply reply = await simulator.Get("https://www.googleapis.com/oauth2/v3/userinfo", minted.AccessToken);

        Assert.Equal("ada@lovelace.example", reply["email"]);
        Assert.Equal("lovelace.example", reply["hd"]);
    }

    [Theory]
    [InlineData("google", "https://www.googleapis.com/oauth2/v3/userinfo", "email_verified", "false")]
    [InlineData("github", "https://api.github.com/user/emails", "1.verified", "false")]
    [InlineData("gitlab", "https://gitlab.com/api/v4/user", "confirmed_at", null)]
    [InlineData("discord", "https://discord.com/api/users/@me", "verified", "false")]
    public async Task An_address_can_be_unverified(string id, string url, string path, string? value)
    {
        MintedCredentials minted = simulator[id].Mint(new MintOptions { User = "ada", EmailVerified = false });

        Assert.Equal(value, (await simulator.Get(url, minted.AccessToken))[path]);
    }

    [Theory]
    [InlineData("google", "email_verified", "false")]
    [InlineData("apple", "email_verified", "false")]
    [InlineData("linkedin", "email_verified", "\"false\"")]
    [InlineData("microsoft", "xms_edov", "false")]
    public void An_ID_token_says_so_too(string id, string claim, string value) =>
        Assert.Equal(value, Ask.Claims(simulator[id].Mint(new MintOptions { User = "ada", EmailVerified = false }).IdToken!)[claim]!.ToJsonString());

    [Theory]
    [InlineData("108204268033311374519", "^[1-9][0-9]{20}$")]
    [InlineData("5d2c7a1e-93b4-4f60-8a17-c0e4b6d8f213", "^[0-9][a-f][0-9][a-f][0-9][a-f][0-9][a-f]-[0-9]{2}[a-f][0-9]-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    [InlineData("003312.36d1f364cd2c2ea3c590a51452235813.3744", @"^[0-9]{6}\.[0-9a-f]{32}\.[0-9]{4}$")]
    [InlineData("782bbtaQ4k", "^[0-9]{3}[a-z]{4}[A-Z][0-9][a-z]$")]
    [InlineData("urn:li:person:Ab1", "^urn:li:person:[A-F][a-f][0-9]$")]
    [InlineData("7", "^[1-9]$")]
    public void Ids_keep_their_form(string template, string pattern) => Assert.Matches(pattern, SubjectShape.Make(template, "acme", "ada"));

    private async Task<Reply> ProfileAsync(MintOptions options) =>
        await simulator.Get("https://api.github.com/user", simulator["github"].Mint(options).AccessToken);
}
