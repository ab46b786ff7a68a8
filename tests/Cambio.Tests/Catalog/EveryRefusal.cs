using Cambio.Providers;
using Cambio.Testing;

namespace Cambio.Tests.Catalog;

/// <summary>What no provider lets in, and whose fault each says that it is.</summary>
public sealed class EveryRefusal(CatalogFakes fakes) : IClassFixture<CatalogFakes>
{
    private const string Wrong = "a-wrong-secret-of-more-than-32-bytes";

    private static readonly MintedCredentials Invented = new()
    {
        AccessToken = "guess", Code = "guess", RedirectUri = "https://app.example.com/callback", IdToken = "a.b.c",
    };

    public static TheoryData<string> Ids => [.. Folders.Ids];

    public static TheoryData<string> ShownOurSecret => [.. Folders.Ids.Where(id => Folders.Definition(id).Definition is { Quirk: null or "appsecret_proof" or "md5_signature" } definition
        && definition.Token.Auth is not (ClientAuthenticationMethod.None or ClientAuthenticationMethod.PrivateKeyJwt)
        && Folders.Case($"{id}/default.case.json").Answers.ContainsKey("token"))];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task What_nobody_issued_is_a_bad_credential(string id)
    {
        FakeProvider fake = fakes.Running[id];
        using var exchange = new CaseExchange(fake, fakes.Running.BaseAddress);
        MintedCredentials invented = Invented with { Callback = fake.Definition.Authorization.Callback.ToDictionary(name => name, _ => "guess") };
        foreach (string kind in CaseExchange.KindsOf(Folders.Case($"{id}/default.case.json"), fake.Definition))
        {
            Result<ExchangeResult> result = await exchange.RunAsync(kind, invented);
            Assert.Equal((kind, ErrorCodes.InvalidGrant), (kind, result.Error?.Code));
        }

        Assert.Null(exchange.Identity);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task What_cannot_be_proven_is_not_accepted(string id)
    {
        FakeProvider fake = fakes.Running[id];
        using var exchange = new CaseExchange(fake, fakes.Running.BaseAddress);
        foreach (string kind in ProviderWords.Credentials.Except(CaseExchange.KindsOf(Folders.Case($"{id}/default.case.json"), fake.Definition)))
        {
            Result<ExchangeResult> result = await exchange.RunAsync(kind, Invented);
            Assert.Equal((kind, ErrorCodes.CredentialNotAccepted), (kind, result.Error?.Code));
        }
    }

    [Theory]
    [MemberData(nameof(ShownOurSecret))]
    public async Task A_wrong_secret_of_ours_is_not_the_callers_fault(string id)
    {
        FakeProvider fake = fakes.Running[id];
        using var exchange = new CaseExchange(fake, fakes.Running.BaseAddress, secret: Wrong);

        Result<ExchangeResult> result = await exchange.RunAsync("code", fake.Mint("ada"));

        Assert.Equal((ErrorCodes.ProviderError, "client_credentials_rejected"), (result.Error?.Code, result.Error?.Reason));
    }
}
