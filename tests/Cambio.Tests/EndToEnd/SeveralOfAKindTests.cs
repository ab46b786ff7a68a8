using Cambio.Testing;

namespace Cambio.Tests.EndToEnd;

/// <summary>One entry of the catalogue serves several providers of its kind, each under an id of its own.</summary>
public sealed class SeveralOfAKindTests
{
    [Fact]
    public async Task Two_organizations_of_one_product_are_two_providers()
    {
        await using FakedHost faked = await FakedHost.StartAsync(
            [new("Cambio:Providers:acmeokta:BasedOn", "okta"), new("Cambio:Providers:otherokta:BasedOn", "okta")],
            fakes: simulator =>
            {
                Play(simulator, "acmeokta", "acme.okta.example");
                Play(simulator, "otherokta", "other.okta.example");
            });

        Answer acme = await faked.ExchangeAsync("acmeokta", "id_token", new MintOptions { User = "ada" });
        Answer other = await faked.ExchangeAsync("otherokta", "code", new MintOptions { User = "ada" });
        Assert.Equal((200, 200), (acme.Status, other.Status));
        Assert.NotEqual(acme.UserId, other.UserId);

        foreach (string kind in new[] { "id_token", "access_token", "code" })
        {
            Answer crossed = await faked.Host.ExchangeAsync("otherokta", FakedHost.Body(kind, faked.Fakes["acmeokta"].Mint("ada")));
            Assert.Equal((kind, 400, "invalid_grant"), (kind, crossed.Status, crossed.Error));
        }
    }

    private static void Play(ProviderSimulator simulator, string id, string domain)
    {
        FakeProvider okta = simulator["okta"];
        FakeProvider own = simulator.Add(id, okta.Definition, Catalog.Folders.Cases("okta"));
        own.Register(own.ClientId, own.ClientSecret, new Dictionary<string, string> { ["domain"] = domain });
    }
}
