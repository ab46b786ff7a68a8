using System.Text;
using System.Text.Json.Nodes;
using Cambio.Identities;
using Cambio.Providers;
using Cambio.Quirks;

namespace Cambio.Tests.Providers;

/// <summary>A proof that proves nothing is found at start.</summary>
public sealed class ProofMistakes
{
    private const string P = "Cambio:Providers:";

    private const string Jwt = """
        {
          "name": "X", "jwksUri": "https://x.example/keys",
          "accessTokenProof": { "kind": "jwt", "issuers": ["https://x.example"], "audience": ["azp", "aud"] },
          "claims": { "sub": "proof.sub" }
        }
        """;

    private const string Signature = """
        {
          "name": "X", "quirk": "md5_signature", "variables": { "applicationKey": { "title": "Key" } },
          "userinfo": { "profile": { "url": "https://x.example/me", "auth": "none", "query": { "access_token": "{access_token}" } } },
          "accessTokenProof": { "kind": "signature" }
        }
        """;

    [Theory]
    [InlineData(Jwt)]
    [InlineData(Signature)]
    public void A_sound_proof_has_none(string definition) => Assert.Empty(Mistakes(definition, "{}"));

    [Theory]
    [InlineData(Jwt, """{"jwksUri":null}""", "jwksUri is missing; without it or an issuer no access token can be checked.")]
    [InlineData(Jwt, """{"accessTokenProof":{"issuers":null}}""", "accessTokenProof.issuers is missing")]
    [InlineData(Jwt, """{"accessTokenProof":{"issuers":["https://{a b}"]}}""", "accessTokenProof.issuers names {a b}")]
    [InlineData(Jwt, """{"accessTokenProof":{"audience":null}}""", "accessTokenProof.audience is missing")]
    [InlineData(Jwt, """{"accessTokenProof":{"algorithms":["HS256"]}}""", "accessTokenProof.algorithms must be of RS256")]
    [InlineData(Jwt, """{"accessTokenProof":{"algorithms":[]}}""", "accessTokenProof.algorithms must be of RS256")]
    [InlineData(Jwt, """{"accessTokenProof":{"request":{"url":"https://x.example/info"}}}""", "accessTokenProof.request must not be there")]
    [InlineData(Signature, """{"quirk":"appsecret_proof"}""", "accessTokenProof.kind is signature, which needs a quirk that binds the token: md5_signature, rsa_sha256_signature.")]
    [InlineData(Signature, """{"quirk":null}""", "accessTokenProof.kind is signature")]
    [InlineData(Signature, """{"userinfo":null}""", "userinfo.profile must be a call that the user's token authorizes")]
    [InlineData(Signature, """{"userinfo":{"profile":{"query":{"access_token":"x"}}}}""", "userinfo.profile must be a call that the user's token authorizes")]
    [InlineData(Signature, """{"userinfo":{"profile":{"auth":"basic"}}}""", "userinfo.profile must be a call that the user's token authorizes")]
    [InlineData(Signature, """{"userinfo":{"profile":{"optional":true}}}""", "userinfo must be asked whole and name the user in profile")]
    [InlineData(Signature, """{"userinfo":{"profile":{"when":{"path":"token.x","present":true}}}}""", "userinfo must be asked whole and name the user in profile")]
    [InlineData(Signature, """{"userinfo":{"more":{"url":"https://x.example/more"}},"claims":{"sub":"more.id"}}""", "userinfo must be asked whole and name the user in profile")]
    [InlineData(Jwt, """{"accessTokenProof":{"audience":"aud"}}""", "accessTokenProof.audience is aud alone, which names the API")]
    [InlineData(Signature, """{"accessTokenProof":{"audience":"app"}}""", "accessTokenProof has nothing to read")]
    [InlineData(Signature, """{"accessTokenProof":{"subject":"id"}}""", "accessTokenProof has nothing to read")]
    [InlineData(Signature, """{"variables":null}""", "quirk needs a variable applicationKey of kind text; declare it below variables.")]
    [InlineData(Signature, """{"quirk":"rsa_sha256_signature"}""", "quirk needs a variable privateKey of kind rsa_private_key")]
    [InlineData(Signature, """{"userinfo":{"profile":{"response":"jwt"}}}""", "userinfo.profile.response is jwt, which needs an idToken")]
    [InlineData(Signature, """{"token":{"response":"jwt"}}""", "token.response must not be jwt")]
    [InlineData(Signature, """{"refresh":{"response":"jwt"}}""", "refresh.response must not be jwt")]
    [InlineData(Signature, """{"accessTokenProof":{"kind":"introspection","request":{"url":"https://x.example/i","response":"jwt"}}}""", "accessTokenProof.request.response must not be jwt")]
    public void A_mistake_names_its_key(string definition, string change, string mistake) =>
        Assert.StartsWith(mistake, Assert.Single(Mistakes(definition, change)), StringComparison.Ordinal);

    [Fact]
    public void ID_tokens_that_the_secret_signs_need_no_address_of_keys() =>
        Assert.Empty(Mistakes("""{ "name": "X", "idToken": { "issuers": "https://x.example", "algorithms": "HS256" } }""", "{}"));

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", null)]
    [InlineData("0123456789abcdef0123456789abcde", P + "x:ClientSecret is too short to check ID tokens with, which takes 32 bytes for HS256; set a longer one, or Definition:IdToken:Algorithms without HS256.")]
    [InlineData(null, P + "x:ClientSecret is missing; ID tokens are checked with it; set it, or Definition:IdToken:Algorithms without HS256.")]
    public void A_secret_that_checks_ID_tokens_is_long(string? secret, string? mistake)
    {
        using CatalogFolder catalog = new CatalogFolder().Add("x", """{"name":"X","issuer":"https://x.example","token":{"auth":"none"},"idToken":{"algorithms":["RS256","HS256"]}}""");
        string settings = $"x:ClientId=us\n{(secret is null ? "" : $"x:ClientSecret={secret}")}";

        Assert.Equal(mistake is null ? [] : [mistake], Setup.Mistakes(settings, catalog));
        Assert.Empty(Setup.Mistakes($"{settings}\nx:Definition:IdToken:Algorithms=RS256", catalog));
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(1024, false)]
    [InlineData(0, false)]
    public void An_RSA_key_is_tried_out(int bits, bool fits)
    {
        using CatalogFolder catalog = new CatalogFolder().Add("x", """
            {
              "name": "X", "issuer": "https://x.example", "idToken": {}, "token": { "auth": "private_key_jwt" },
              "variables": { "privateKey": { "title": "The key", "kind": "rsa_private_key" } }
            }
            """);
        string pem = bits == 0 ? Keys.Private(System.Security.Cryptography.ECCurve.NamedCurves.nistP256) : Keys.Rsa(bits);
        string[] expected = fits ? [] : [P + "x:privateKey is not an RSA private key of at least 2048 bits in PEM; write the whole file, its line ends as \\n if need be."];

        Assert.Equal(expected, Setup.Mistakes($"x:ClientId=us\nx:PrivateKey={pem.Replace("\n", "\\n", StringComparison.Ordinal)}", catalog));
    }

    [Theory]
    [InlineData("""{"name":"X","tokenEndpoint":"https://x.example/t","jwksUri":"https://x.example/k","accessTokenProof":{"kind":"jwt","issuers":"x","audience":"azp"},"claims":{"sub":"proof.sub"}}""", null)]
    [InlineData("""{"name":"X","tokenEndpoint":"https://x.example/t","jwksUri":"https://x.example/k","accessTokenProof":{"kind":"jwt","issuers":"x","audience":"azp"},"claims":{"sub":"id"}}""", "accepts takes code, but nothing says who the user is")]
    [InlineData("""{"name":"X","tokenEndpoint":"https://x.example/t","accessTokenProof":{"kind":"request","request":{"url":"https://x.example/i"},"audience":"azp"},"claims":{"sub":"proof.sub"}}""", "accepts takes code, but nothing says who the user is")]
    public void A_code_needs_a_profile_that_is_read_after_it(string definition, string? mistake)
    {
        using CatalogFolder catalog = new CatalogFolder().Add("x", definition);
        IReadOnlyList<string> mistakes = Setup.Mistakes("x:ClientId=us\nx:ClientSecret=s", catalog);

        Assert.Equal(mistake is null, mistakes.Count == 0);
        Assert.True(mistake is null || mistakes[0].Contains(mistake, StringComparison.Ordinal));
    }

    private static string[] Mistakes(string definition, string change)
    {
        JsonObject json = JsonNode.Parse(definition)!.AsObject();
        DefinitionMistakes.Merge(json, JsonNode.Parse(change)!.AsObject());
        ProviderDefinition? read = ProviderDefinitionReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), out IReadOnlyList<DefinitionMistake> wrong);
        Assert.Empty(wrong);
        return [.. new DefinitionValidator(read!, new QuirkRegistry().Words(Transforms.Names)).Mistakes().Select(mistake => $"{mistake.Path} {mistake.Text}")];
    }
}
