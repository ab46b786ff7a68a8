using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Testing;
using Cambio.Tests.Testing;
using AuthorizationCode = Cambio.Credentials.AuthorizationCode;
using Sent = Cambio.Credentials.SentRequest;

namespace Cambio.Tests.Catalog;

/// <summary>Every case with a code, signed in by redirect: our request, the provider's page, our reading of its answer, the code redeemed.</summary>
public sealed class EveryAuthorization(CatalogFakes fakes) : IClassFixture<CatalogFakes>
{
    private const string RedirectUri = "https://api.example.com/auth/x/callback";
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string Nonce = "n-0S6_WzA2Mj";

    private static readonly string State = new('5', 64);

    public static TheoryData<string> Ids => [.. Folders.Ids.Where(HasAuthorization)];

    public static TheoryData<string> CaseFiles => [.. Folders.CaseFiles.Where(file =>
        Folders.Place(file).Id is var id && HasAuthorization(id) && CaseExchange.KindsOf(Folders.Case(file), Folders.Definition(id).Definition).Contains("code"))];

    [Theory]
    [MemberData(nameof(CaseFiles))]
    public async Task Comes_out_as_it_says(string file)
    {
        (string id, string name) = Folders.Place(file);
        CatalogCase expected = Folders.Case(file);
        FakeProvider fake = fakes.Running[id];
        using var exchange = new CaseExchange(fake, fakes.Running.BaseAddress);
        Provider provider = exchange.Get<ProviderRegistry>().Find(id).Value!;

        AuthorizationCallback callback = fake.Authorize(await AddressAsync(exchange, provider), new AuthorizeOptions { Case = name });
        Result<AuthorizationCode> code = await CodeAsync(exchange, provider, callback, expected);
        Assert.Equal((null, State), (code.Error?.Reason, callback.Parameters.GetValueOrDefault("state")));
        Result<ExchangeResult> result = await exchange.RunAsync(code.Value!);

        Assert.Equal((expected.Refuses, null), (result.Error?.Code, expected.Refuses is null ? result.Error?.Reason : null));
        Assert.Equal(expected.Identity, exchange.Identity);
        Assert.Empty(fakes.Running.Simulator.Unplanned);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Asks_in_a_page_of_its_own(string id)
    {
        FakeProvider fake = fakes.Running[id];
        string name = System.Text.Encodings.Web.HtmlEncoder.Default.Encode(fake.Definition.Name);
        Page page = await fakes.Running.Simulator.Open(new HandmadeRequest(fake).Url);

        Assert.Equal(200, page.Status);
        Assert.Contains($"This is a simulation of {name}<", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Answers_a_user_who_denies(string id)
    {
        var request = new HandmadeRequest(fakes.Running[id]);
        AuthorizationCallback callback = fakes.Running[id].Deny(request.Url);

        Assert.Equal(("access_denied", request.State), (callback.Parameters["error"], callback.Parameters["state"]));
    }

    private static bool HasAuthorization(string id) => Folders.Definition(id).Definition is { AuthorizationEndpoint: not null } or { Issuer: not null };

    private static async Task<string> AddressAsync(CaseExchange exchange, Provider provider)
    {
        var parameters = new AuthorizationParameters { RedirectUri = RedirectUri, State = State, Nonce = Nonce, CodeChallenge = Challenge };
        return (await exchange.Get<AuthorizationRequests>().BuildAsync(provider, parameters, TestContext.Current.CancellationToken)).Value!;
    }

    // A nonce that no ID token answers is a refusal; a case without one plays a request that had none.
    private static Task<Result<AuthorizationCode>> CodeAsync(CaseExchange exchange, Provider provider, AuthorizationCallback callback, CatalogCase expected)
    {
        string? nonce = AuthorizationRequests.TakesNonce(provider) && expected.Answers.ContainsKey("id_token") ? Nonce : null;
        var sent = new Sent(RedirectUri, nonce, AuthorizationRequests.TakesPkce(provider) ? Verifier : null);
        return exchange.Get<AuthorizationResponses>().ReadAsync(provider, callback.Parameters, sent, TestContext.Current.CancellationToken);
    }
}
