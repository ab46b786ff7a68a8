using Cambio.Clients;
using Cambio.Providers;
using Microsoft.Extensions.Configuration;

namespace Cambio.Tests.Clients;

public sealed class ClientRegistryTests
{
    private const string Secret = "a-secret-of-the-shop";

    private const string Shop = $"""
        Clients:shop:Secret={Secret}
        Clients:shop:Providers=google, intra
        Clients:shop:Grants=refresh_token urn:ietf:params:oauth:grant-type:token-exchange
        Clients:api:Secret=another-secret-of-api
        Providers:intra:ClientId=c
        """;

    [Fact]
    public void A_client_is_what_its_settings_say()
    {
        ClientRegistry clients = Read(Shop);

        Assert.Empty(clients.Mistakes);
        Client shop = clients.Authenticate("shop", Secret).Value!;
        Assert.Equal("shop", shop.Id);
        Assert.Equal([true, true, false], new[] { "google", "intra", "github" }.Select(shop.MayUse));
        Assert.Equal([true, false], new[] { GrantTypes.RefreshToken, GrantTypes.AuthorizationCode }.Select(shop.MayGrant));
        Client api = clients.Authenticate("api", "another-secret-of-api").Value!;
        Assert.True(api.MayUse("github"));
        Assert.All(GrantTypes.All, grant => Assert.True(api.MayGrant(grant)));
    }

    [Theory]
    [InlineData("shop", "", "client_secret_wrong")]
    [InlineData("shop", "another-secret-of-api", "client_secret_wrong")]
    [InlineData("shop", "a-secret-of-the-sho", "client_secret_wrong")]
    [InlineData("shop", "a-secret-of-the-shop ", "client_secret_wrong")]
    [InlineData("shop", "A-SECRET-OF-THE-SHOP", "client_secret_wrong")]
    [InlineData("Shop", Secret, "client_unknown")]
    [InlineData("shop ", Secret, "client_unknown")]
    [InlineData("nobody", Secret, "client_unknown")]
    [InlineData("nobody", "", "client_unknown")]
    [InlineData("", "", "client_unknown")]
    public void Whoever_has_not_the_clients_own_secret_is_refused_alike(string id, string secret, string reason)
    {
        ExchangeError? error = Read(Shop).Authenticate(id, secret).Error;

        Assert.Equal((ErrorCodes.InvalidClient, reason), (error?.Code, error?.Reason));
        Assert.Equal(ExchangeError.InvalidClient("any").Description, error?.Description);
    }

    [Fact]
    public void Only_ids_of_confidential_clients_are_known() =>
        Assert.Equal([true, true, false, false], new[] { "shop", "api", "Shop", "nobody" }.Select(Read(Shop).Knows));

    [Theory]
    [InlineData("Clients=x", "Cambio:Clients is a section")]
    [InlineData("Clients:shop=x|Clients:shop:Secret=a-secret-of-the-shop", "Cambio:Clients:shop is a section")]
    [InlineData("Clients:shop:Grants=refresh_token", "Cambio:Clients:shop:Secret must be at least 16")]
    [InlineData("Clients:shop:Secret=", "Cambio:Clients:shop:Secret must be at least 16")]
    [InlineData("Clients:shop:Secret=fifteen-letters", "Cambio:Clients:shop:Secret must be at least 16")]
    [InlineData("Clients:shop:Secret=sixteen letters and more", "Cambio:Clients:shop:Secret must be at least 16")]
    [InlineData("Clients:shop:Secret=sechzehn-Zeichen-für-uns", "Cambio:Clients:shop:Secret must be at least 16")]
    [InlineData("Clients:my shop:Secret=a-secret-of-the-shop", "Cambio:Clients:my shop is no client id")]
    [InlineData("Clients:bücher:Secret=a-secret-of-the-shop", "Cambio:Clients:bücher is no client id")]
    [InlineData("Clients:shop:Secret=a-secret-of-the-shop|Clients:shop:Scope=all", "Cambio:Clients:shop:Scope is not a setting. Known here are Grants, Providers, Secret.")]
    [InlineData("Clients:shop:Secret=a-secret-of-the-shop|Clients:shop:Grants:0=refresh_token", "Cambio:Clients:shop:Grants is a list")]
    [InlineData("Clients:shop:Secret=a-secret-of-the-shop|Clients:shop:Grants=refresh_tokens", "\"refresh_tokens\", which is no grant. Known are authorization_code, refresh_token, urn:ietf:params:oauth:grant-type:token-exchange. Did you mean refresh_token?")]
    [InlineData("Clients:shop:Secret=a-secret-of-the-shop|Clients:shop:Grants=password", "\"password\", which is no grant")]
    [InlineData("Clients:shop:Secret=a-secret-of-the-shop|Clients:shop:Providers=gogle", "\"gogle\", which is no provider that is known here. Did you mean google?")]
    [InlineData("Clients:shop:Secret=a-secret-of-the-shop|Clients:shop:Providers=Google", "\"Google\", which is no provider")]
    public void A_mistake_is_named_with_its_key_and_the_fix(string settings, string expected) =>
        Assert.Contains(expected, Assert.Single(Read(settings.Replace('|', '\n')).Mistakes), StringComparison.Ordinal);

    [Fact]
    public void All_mistakes_come_at_once_and_none_tells_a_secret()
    {
        IReadOnlyList<string> mistakes = Read("""
            Clients:one:Secret=too-short
            Clients:one:Grants=password, implicit
            Clients:two:Secrets=a-mistyped-key-of-a-secret
            """).Mistakes;

        Assert.Equal(5, mistakes.Count);
        Assert.DoesNotContain(mistakes, mistake => mistake.Contains("too-short", StringComparison.Ordinal) || mistake.Contains("a-mistyped", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_of_a_client_prints_its_secret()
    {
        var options = new ClientOptions { Secret = Secret };

        Assert.DoesNotContain(Secret, $"{options} {Read(Shop)} {Read(Shop).Authenticate("shop", Secret).Value}", StringComparison.Ordinal);
    }

    [Fact]
    public void No_settings_are_no_clients()
    {
        ClientRegistry clients = Read("");

        Assert.True(clients.IsEmpty);
        Assert.Empty(clients.Mistakes);
        Assert.False(Read(Shop).IsEmpty);
    }

    private static ClientRegistry Read(string settings)
    {
        IEnumerable<KeyValuePair<string, string?>> pairs =
            from line in settings.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            let parts = line.Split('=', 2)
            select KeyValuePair.Create($"Cambio:{parts[0]}", (string?)parts[1]);
        return new ClientRegistry(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build(), new ProviderCatalog());
    }
}
