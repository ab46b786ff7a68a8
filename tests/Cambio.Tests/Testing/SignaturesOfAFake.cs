using System.Text;
using Cambio.Providers;
using Cambio.Testing;
using Cambio.Tests.Catalog;
using Cambio.Tests.Providers;

namespace Cambio.Tests.Testing;

/// <summary>What providers and clients sign, played for real: our own goes through, another application's does not.</summary>
public sealed class SignaturesOfAFake : IAsyncLifetime
{
    private const string Case = """
        {
          "source": "invented",
          "answers": {
            "token": { "access_token": "{access_token}", "token_type": "bearer", "id_token": "{id_token}" },
            "id_token": { "sub": "4711", "name": "Ada Lovelace" },
            "proof": { "sub": "4711", "name": "Ada Lovelace", "azp": "{client_id}", "use": "access", "aud": ["{client_id}", "Example Game"] },
            "profile": { "sub": "4711", "name": "Ada Lovelace" }
          },
          "identity": { "sub": "4711", "name": "Ada Lovelace" }
        }
        """;

    private const string ProfileInToken = """
        {
          "name": "Corp", "tokenEndpoint": "https://corp.example/token", "jwksUri": "https://corp.example/keys",
          "accessTokenProof": { "kind": "jwt", "issuers": ["https://corp.example", "corp.example"], "audience": ["azp", "aud"], "subject": "sub" },
          "claims": { "sub": "proof.sub", "name": "proof.name" }
        }
        """;

    private const string ProfileAtAnIssuer = """
        {
          "name": "Corp", "issuer": "https://corp.example", "idToken": { "algorithms": ["ES256"] },
          "accessTokenProof": { "kind": "jwt", "audience": "azp", "require": { "use": { "path": "use", "equalTo": "access" } } }
        }
        """;

    private const string Md5 = """
        {
          "name": "Corp", "tokenEndpoint": "https://corp.example/token", "quirk": "md5_signature",
          "variables": { "applicationKey": { "title": "Public key", "example": "CBAPUBLIC" } },
          "userinfo": { "profile": { "url": "https://corp.example/fb.do?method=users.getCurrentUser", "auth": "none", "query": { "access_token": "{access_token}" } } },
          "accessTokenProof": { "kind": "signature" }
        }
        """;

    private const string Rsa = """
        {
          "name": "Corp", "tokenEndpoint": "https://corp.example/gateway.do", "quirk": "rsa_sha256_signature",
          "variables": { "privateKey": { "title": "Key", "kind": "rsa_private_key" } },
          "token": { "auth": "none", "rename": { "client_id": "app_id" }, "parameters": { "method": "system.oauth.token" } },
          "userinfo": { "profile": {
            "url": "https://corp.example/gateway.do", "method": "post", "auth": "none",
            "form": { "method": "user.info.share", "auth_token": "{access_token}" } } },
          "accessTokenProof": { "kind": "signature" }
        }
        """;

    private const string SharedSecret = """
        {
          "name": "Corp", "issuer": "https://corp.example", "idToken": { "algorithms": ["HS256"] },
          "userinfo": { "profile": { "url": "https://corp.example/me", "response": "jwt" } }
        }
        """;

    private const string SignedUserinfo = """
        {
          "name": "Corp", "issuer": "https://corp.example", "idToken": { "issuers": ["https://corp.example"] }, "token": { "auth": "client_secret_basic_raw" },
          "userinfo": { "profile": { "url": "https://corp.example/me", "response": "jwt" } }
        }
        """;

    private const string RsaAssertion = """
        {
          "name": "Corp", "issuer": "https://corp.example", "idToken": {}, "token": { "auth": "private_key_jwt" },
          "variables": { "privateKey": { "title": "Key", "kind": "rsa_private_key" } }
        }
        """;

    private FakeProviders fakes = null!;

    public static TheoryData<string, string> Exchanges => new()
    {
        { ProfileInToken, "access_token" }, { ProfileInToken, "code" },
        { ProfileAtAnIssuer, "access_token" }, { ProfileAtAnIssuer, "id_token" }, { ProfileAtAnIssuer, "code" },
        { Md5, "access_token" }, { Md5, "code" },
        { Rsa, "access_token" }, { Rsa, "code" },
        { SharedSecret, "id_token" }, { SharedSecret, "code" },
        { SignedUserinfo, "id_token" }, { SignedUserinfo, "code" },
        { RsaAssertion, "id_token" }, { RsaAssertion, "code" },
    };

    public async ValueTask InitializeAsync() => fakes = await FakeProviders.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await fakes.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task Our_own_is_taken(string definition, string kind)
    {
        using CatalogFolder catalog = new CatalogFolder().Add("corp", definition);
        FakeProvider corp = Add(definition);
        using var exchange = new CaseExchange(corp, fakes.BaseAddress, catalog.Path);

        Result<ExchangeResult> result = await exchange.RunAsync(kind, corp.Mint(new MintOptions()));

        Assert.Null(result.Error?.Reason);
        Assert.Equal(new CatalogIdentity { Subject = "4711", Name = "Ada Lovelace" }, exchange.Identity);
        Assert.Empty(fakes.Simulator.Unplanned);
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task That_of_another_application_is_refused(string definition, string kind)
    {
        using CatalogFolder catalog = new CatalogFolder().Add("corp", definition);
        FakeProvider corp = Add(definition);
        using var exchange = new CaseExchange(corp, fakes.BaseAddress, catalog.Path);

        Result<ExchangeResult> result = await exchange.RunAsync(kind, corp.MintForAnotherApplication("ada"));

        Assert.Equal(ErrorCodes.InvalidGrant, result.Error?.Code);
        Assert.Null(exchange.Identity);
    }

    [Theory]
    [InlineData(Md5, "access_token")]
    [InlineData(Rsa, "code")]
    [InlineData(RsaAssertion, "code")]
    [InlineData(SharedSecret, "id_token")]
    public async Task What_another_secret_or_key_signed_is_refused(string definition, string kind)
    {
        using CatalogFolder catalog = new CatalogFolder().Add("corp", definition);
        FakeProvider corp = Add(definition);
        using var exchange = new CaseExchange(corp, fakes.BaseAddress, catalog.Path);

        // The application changed them there, and the settings here still have the old ones.
        corp.Register(corp.ClientId, "another secret that is also long enough", corp.Variables.ContainsKey("privateKey") ? new Dictionary<string, string> { ["privateKey"] = Keys.Rsa() } : null);
        Result<ExchangeResult> result = await exchange.RunAsync(kind, corp.Mint(new MintOptions()));

        Assert.NotNull(result.Error);
        Assert.Null(exchange.Identity);
    }

    [Fact]
    public void Access_tokens_that_are_JWTs_are_never_the_same()
    {
        FakeProvider corp = Add(ProfileInToken);

        Assert.NotEqual(corp.Mint("ada").AccessToken, corp.Mint("ada").AccessToken);
        Assert.Equal("https://corp.example", (string?)Ask.Claims(corp.Mint("ada").AccessToken!)["iss"]);
    }

    [Fact]
    public async Task A_person_without_a_verified_address_has_none_in_the_token_either()
    {
        const string definition = """
            {
              "name": "Corp", "tokenEndpoint": "https://corp.example/token", "jwksUri": "https://corp.example/keys",
              "accessTokenProof": { "kind": "jwt", "issuers": "https://corp.example", "audience": "azp" },
              "claims": { "sub": "proof.sub", "email": "email", "email_verified": "email_verified" }
            }
            """;
        const string recorded = """
            {
              "source": "invented", "identity": { "sub": "4711", "email": "ada@example.com", "email_verified": true },
              "answers": { "proof": { "sub": "4711", "azp": "{client_id}", "email": "ada@example.com", "email_verified": true } }
            }
            """;
        using CatalogFolder catalog = new CatalogFolder().Add("corp", definition);
        FakeProvider corp = Add(definition, recorded);
        using var exchange = new CaseExchange(corp, fakes.BaseAddress, catalog.Path);

        await exchange.RunAsync("access_token", corp.Mint(new MintOptions { User = "bob", EmailVerified = false }));

        Assert.False(exchange.Identity?.EmailVerified);
        Assert.NotNull(exchange.Identity?.Email);
    }

    private FakeProvider Add(string definition, string recorded = Case)
    {
        DefinitionReading reading = ProviderDefinitionReader.Read(Encoding.UTF8.GetBytes(definition), "test");
        Assert.Empty(reading.Mistakes);
        return fakes.Simulator.Add(
            "corp", reading.Definition!, new Dictionary<string, CatalogCase> { ["default"] = CaseJson.Read(Encoding.UTF8.GetBytes(recorded)) });
    }
}
