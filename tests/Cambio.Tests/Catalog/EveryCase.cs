using Cambio.Testing;

namespace Cambio.Tests.Catalog;

/// <summary>Every case of the catalogue, exchanged over HTTP by each kind of credential that it has an answer for.</summary>
public sealed class EveryCase(CatalogFakes fakes) : IClassFixture<CatalogFakes>
{
    public static TheoryData<string> Ids => [.. Folders.Ids];

    public static TheoryData<string, string> Exchanges()
    {
        var data = new TheoryData<string, string>();
        foreach (string file in Folders.CaseFiles)
        {
            Array.ForEach(CaseExchange.KindsOf(Folders.Case(file), Folders.Definition(Folders.Place(file).Id).Definition), kind => data.Add(file, kind));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task Comes_out_as_it_says(string file, string kind)
    {
        (string id, string name) = Folders.Place(file);
        CatalogCase expected = Folders.Case(file);
        FakeProvider fake = fakes.Running[id];
        using var exchange = new CaseExchange(fake, fakes.Running.BaseAddress);

        Result<ExchangeResult> result = await exchange.RunAsync(kind, fake.Mint(new MintOptions { Case = name }));

        Assert.Equal((expected.Refuses, null), (result.Error?.Code, expected.Refuses is null ? result.Error?.Reason : null));
        Assert.Equal((kind == "id_token" ? expected.IdTokenIdentity : null) ?? expected.Identity, exchange.Identity);
        Assert.Empty(fakes.Running.Simulator.Unplanned);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Of_another_application_makes_no_account(string id)
    {
        FakeProvider fake = fakes.Running[id];
        using var exchange = new CaseExchange(fake, fakes.Running.BaseAddress);
        foreach (string kind in CaseExchange.KindsOf(Folders.Case($"{id}/default.case.json"), fake.Definition))
        {
            Result<ExchangeResult> result = await exchange.RunAsync(kind, fake.MintForAnotherApplication("ada"));
            Assert.Equal((kind, ErrorCodes.InvalidGrant), (kind, result.Error?.Code));
        }

        Assert.Null(exchange.Identity);
    }

    [Theory]
    [InlineData("common", "default", true)]
    [InlineData("common", "personal", true)]
    [InlineData("organizations", "default", true)]
    [InlineData("organizations", "personal", false)]
    [InlineData("consumers", "default", false)]
    [InlineData("consumers", "personal", true)]
    [InlineData("8a3f0e6c-4d27-4b8e-9d51-2f6b7c0e1a94", "default", true)]
    [InlineData("8a3f0e6c-4d27-4b8e-9d51-2f6b7c0e1a94", "unproven-domain", false)]
    [InlineData("8a3f0e6c-4d27-4b8e-9d51-2f6b7c0e1a94", "personal", false)]
    public async Task Of_another_tenant_is_refused(string tenant, string name, bool isTaken)
    {
        await using FakeProviders own = await FakeProviders.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        FakeProvider fake = own["microsoft"];
        fake.Register(fake.ClientId, fake.ClientSecret, new Dictionary<string, string> { ["tenant"] = tenant });
        using var exchange = new CaseExchange(fake, own.BaseAddress);
        foreach (string kind in new[] { "code", "id_token" })
        {
            Result<ExchangeResult> result = await exchange.RunAsync(kind, fake.Mint(new MintOptions { Case = name }));
            Assert.Equal((kind, isTaken ? null : ErrorCodes.InvalidGrant), (kind, result.Error?.Code));
        }
    }
}
