using System.Collections.Frozen;
using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Testing;

namespace Cambio.Tests.Credentials;

/// <summary>Every credential of every provider of the catalogue, against a fake that speaks its dialect.</summary>
public sealed class CatalogueTests : IAsyncLifetime
{
    private const string Signed = "es256_client_secret";

    private readonly Rooms rooms = new();
    private FakeProviders fakes = null!;

    public static TheoryData<string, string> Taken => [.. from pair in Pairs where Takes(pair.Definition, pair.Kind) select (pair.Id, pair.Kind)];

    public static TheoryData<string, string> NotTaken => [.. from pair in Pairs where !Takes(pair.Definition, pair.Kind) select (pair.Id, pair.Kind)];

    public static TheoryData<string, string> ShownOurSecret =>
        [.. from pair in Pairs where Takes(pair.Definition, pair.Kind) && ShowsSecret(pair.Definition, pair.Kind) select (pair.Id, pair.Kind)];

    private static IEnumerable<(string Id, ProviderDefinition Definition, string Kind)> Pairs
    {
        get
        {
            var catalog = new ProviderCatalog();
            return from id in catalog.Ids
                   from kind in ProviderWords.Credentials
                   select (id, catalog.Find(id)!.Definition!, kind);
        }
    }

    public async ValueTask InitializeAsync() => fakes = await FakeProviders.StartAsync(rooms.Time);

    public async ValueTask DisposeAsync()
    {
        await fakes.DisposeAsync();
        await rooms.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task Takes_what_was_issued_to_us(string id, string kind)
    {
        Result<Authorization> result = await rooms.VerifyAsync(ProviderOf(id), Credential(kind, fakes[id].Mint("ada")));

        Assert.Null(result.Error);
        Assert.Equal(kind, result.Value!.Kind);
    }

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task Refuses_what_was_issued_to_somebody_else(string id, string kind)
    {
        Result<Authorization> result = await rooms.VerifyAsync(ProviderOf(id), Credential(kind, fakes[id].MintForAnotherApplication("ada")));

        Assert.Equal(ErrorCodes.InvalidGrant, result.Error?.Code);
    }

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task Refuses_what_nobody_issued(string id, string kind)
    {
        var invented = new MintedCredentials { AccessToken = "guess", Code = "guess", RedirectUri = "https://app.example.com/callback", IdToken = "a.b.c" };

        Assert.Equal(ErrorCodes.InvalidGrant, (await rooms.VerifyAsync(ProviderOf(id), Credential(kind, invented))).Error?.Code);
    }

    [Theory]
    [MemberData(nameof(NotTaken))]
    public async Task Refuses_what_the_provider_cannot_prove(string id, string kind)
    {
        var some = new MintedCredentials { AccessToken = "some", IdToken = "a.b.c" };

        Assert.Equal(ErrorCodes.CredentialNotAccepted, (await rooms.VerifyAsync(ProviderOf(id), Credential(kind, some))).Error?.Code);
    }

    [Theory]
    [MemberData(nameof(ShownOurSecret))]
    public async Task Tells_a_wrong_secret_of_ours_from_a_bad_credential(string id, string kind)
    {
        Result<Authorization> result = await rooms.VerifyAsync(ProviderOf(id, "wrong"), Credential(kind, fakes[id].Mint("ada")));

        Assert.Equal((ErrorCodes.ProviderError, "client_credentials_rejected"), (result.Error?.Code, result.Error?.Reason));
    }

    private static bool Takes(ProviderDefinition definition, string kind) => kind switch
    {
        "id_token" => definition.IdToken is not null,
        "access_token" => definition.AccessTokenProof is not null,
        _ => true,
    };

    private static bool ShowsSecret(ProviderDefinition definition, string kind) => kind switch
    {
        "id_token" => false,
        "access_token" => CallRequest.ShowsSecret(definition.AccessTokenProof!.Request!),
        _ => definition.Quirk != Signed,
    };

    private static Credential Credential(string kind, MintedCredentials minted) => kind switch
    {
        "id_token" => new IdToken(minted.IdToken!, minted.Nonce),
        "access_token" => new AccessToken(minted.AccessToken!),
        _ => new AuthorizationCode(minted.Code!, minted.RedirectUri, minted.CodeVerifier) { Nonce = minted.Nonce, User = minted.Form },
    };

    private Provider ProviderOf(string id, string? secret = null)
    {
        Cambio.Testing.FakeProvider fake = fakes[id];
        return new Provider
        {
            Id = id,
            Definition = fake.Definition,
            ClientId = fake.ClientId,
            ClientSecret = fake.Definition.Quirk == Signed ? null : secret ?? fake.ClientSecret,
            Audiences = FrozenSet.Create(StringComparer.Ordinal, fake.ClientId),
            Accepts = ProviderWords.Credentials,
            Scope = [],
            EmailTrust = [],
            Variables = fake.Variables.ToFrozenDictionary(StringComparer.Ordinal),
            Simulator = fakes.BaseAddress,
        };
    }
}
