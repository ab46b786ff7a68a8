using System.Security.Cryptography;
using Cambio.Providers;

namespace Cambio.Tests.Providers;

/// <summary>Every mistake of an operator is a sentence with the key and the fix.</summary>
public sealed class ProviderMistakes : IDisposable
{
    private const string P = "Cambio:Providers:";

    private readonly CatalogFolder catalog = Setup.Catalog();

    public void Dispose() => catalog.Dispose();

    [Theory]
    [InlineData("acem:ClientId=us", P + "acem is nothing in the catalogue; mend the id, or describe the provider below " + P + "acem:Definition, for OpenID Connect by its Issuer alone. Did you mean acme?")]
    [InlineData("my-idp:ClientId=us", P + "my-idp: 'my-idp' is not an id; write 1 to 40 lower-case letters and digits, no dash.")]
    [InlineData("Acme:ClientId=us", P + "Acme: 'Acme' is not an id; write 1 to 40 lower-case letters and digits, no dash.")]
    [InlineData("token:ClientId=us", P + "token: 'token' is a reserved word of our own addresses; choose another id.")]
    [InlineData("lab:BasedOn=umbrela\nlab:ClientId=us", P + "lab:BasedOn names nothing in the catalogue. Did you mean umbrella?")]
    [InlineData("acme=on", P + "acme is a section; set the keys below it, such as " + P + "acme:ClientId.")]
    [InlineData("acme:ClientSecret=s", P + "acme:ClientId is missing; set it, or remove the other settings of this provider.")]
    [InlineData("acme:Enabled=true", P + "acme:ClientId is missing; set it, or remove the other settings of this provider.")]
    [InlineData("acme:ClientId=\nacme:ClientSecret=s", P + "acme:ClientId is missing; set it, or remove the other settings of this provider.")]
    [InlineData("acme:ClientId= \nacme:ClientSecret=s", P + "acme:ClientId is missing; set it, or remove the other settings of this provider.")]
    [InlineData("acme:ClientId=us and them\nacme:ClientSecret=s", P + "acme:ClientId is blank or holds white space; copy the client id again.")]
    [InlineData("acme:ClientId=us", P + "acme:ClientSecret is missing; codes are redeemed with it; set it, or Accepts without code, or Definition:Token:Auth to none for a public client.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Enabled=maybe", P + "acme:Enabled must be true or false.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Audiences:0=x", P + "acme:Audiences is a list or a section; write one text, its items separated by spaces or commas.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Definition=x", P + "acme:Definition is a section; set the keys of a definition below it, such as " + P + "acme:Definition:Issuer.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Scoep=x", P + "acme:Scoep is not a setting of this provider. Did you mean Scope?")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Definition:Tokn:Auth=none", P + "acme:Definition:Tokn is not a key of a definition. Did you mean token?")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Definition:Gate:staff:Present=true", P + "acme:Definition:gate:staff:path is missing.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:EmailTrust=verfied", P + "acme:EmailTrust must be verified, never, mail domains, or claim: with a claim's name.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:EmailTrust=never acme.example", P + "acme:EmailTrust says never and something else; keep one of them.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Accepts=code id_tokn", P + "acme:Accepts must be of code, id_token, access_token. Did you mean id_token?")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Accepts=id_token", P + "acme:Accepts takes id_token, which this provider does not issue; leave it out, or set Definition:Issuer.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Accepts=access_token", P + "acme:Accepts takes access_token, which cannot be proven to be ours (no_audience_proof); leave it out and have the front end send a code or an ID token.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Definition:TokenEndpoint=http://acme.example/token", P + "acme:Definition:tokenEndpoint must begin with https://, or http:// on a loopback address; no user information and no fragment.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Definition:TokenEndpoint=/token", P + "acme:Definition:tokenEndpoint must begin with https://, or http:// on a loopback address; no user information and no fragment.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Definition:Userinfo:Profile:Url=https://a:b@acme.example/me", P + "acme:Definition:userinfo:profile:url must begin with https://, or http:// on a loopback address; no user information and no fragment.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Definition:Issuer=http://acme.example", P + "acme:Definition:issuer must begin with https://, or http:// on a loopback address; no user information and no fragment.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Definition:Issuer=https://acme.example?a=b", P + "acme:Definition:issuer must begin with https://, or http:// on a loopback address; no user information and no fragment.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Definition:TokenEndpoint=\nacme:Accepts=code", P + "acme:Accepts takes code, which no endpoint redeems; set Definition:TokenEndpoint or Definition:Issuer, or leave code out.")]
    [InlineData("acme:ClientId=us\nacme:ClientSecret=s\nacme:Definition:TokenEndpoint=", P + "acme:Definition:accepts has nothing to name; the definition needs a tokenEndpoint, an issuer, an idToken or an accessTokenProof.")]
    [InlineData("corp:ClientId=us\ncorp:ClientSecret=s\ncorp:Definition:TokenEndpoint=https://corp.example/token", P + "corp:Definition:accepts takes code, but nothing says who the user is; set Definition:Userinfo:profile:Url, or leave code out.")]
    [InlineData("initech:ClientId=us\ninitech:Accepts=access_token", P + "initech:ClientSecret is missing; access tokens are proven with it; set it, or Accepts without access_token.")]
    [InlineData("umbrella:ClientId=us\numbrella:ClientSecret=s", P + "umbrella:tenant is missing; set it to: Your tenant, such as hive.")]
    [InlineData("umbrella:ClientId=us\numbrella:ClientSecret=s\numbrella:Tenant=HIVE/../x", P + "umbrella:tenant does not fit; set it to: Your tenant, such as hive.")]
    public void A_mistake_names_the_key_and_the_fix(string settings, string mistake) => Assert.Equal([mistake], Setup.Mistakes(settings, catalog));

    [Fact]
    public void An_address_that_a_variable_spoils_is_the_variables_mistake()
    {
        catalog.Add("site", """{"name":"Site","variables":{"base":{"title":"Address","pattern":"https?://[a-z0-9.:]+"}},"issuer":"{base}","idToken":{}}""");
        Assert.Equal(
            [P + "site:base makes the address issuer one that must not be called; it has to begin with https://, or http:// on a loopback address; no user information and no fragment."],
            Setup.Mistakes("site:ClientId=us\nsite:ClientSecret=s\nsite:Base=http://site.example", catalog));
        Assert.Empty(Setup.Mistakes("site:ClientId=us\nsite:ClientSecret=s\nsite:Base=http://127.0.0.1:8080", catalog));
    }

    [Theory]
    [InlineData("client_secret_post", false)]
    [InlineData("client_secret_basic", false)]
    [InlineData("query", false)]
    [InlineData("bearer_secret", false)]
    [InlineData("none", true)]
    public void A_secret_is_needed_where_codes_are_redeemed_with_one(string auth, bool optional) =>
        Assert.Equal(optional, Setup.Mistakes($"acme:ClientId=us\nacme:Definition:Token:Auth={auth}", catalog).Count == 0);

    [Theory]
    [InlineData(""" "quirk": "appsecret_proof" """)]
    [InlineData(""" "userinfo": { "profile": { "url": "https://x.example/me", "auth": "basic" } } """)]
    [InlineData(""" "userinfo": { "profile": { "url": "https://x.example/me", "query": { "s": "{client_secret}" } } } """)]
    public void A_secret_is_needed_where_the_profile_is_read_with_it(string reading)
    {
        catalog.Add("x", $$"""{"name":"X","issuer":"https://x.example","idToken":{},"token":{"auth":"none"},{{reading}}}""");
        Assert.Equal([P + "x:ClientSecret is missing; the profile is read with it; set it."], Setup.Mistakes("x:ClientId=us", catalog));
        Assert.Empty(Setup.Mistakes("x:ClientId=us\nx:Accepts=id_token", catalog));
    }

    [Fact]
    public void A_secret_is_not_needed_for_ID_tokens_alone() =>
        Assert.Empty(Setup.Mistakes("umbrella:ClientId=us\numbrella:Tenant=hive\numbrella:Accepts=id_token", catalog));

    [Theory]
    [InlineData("""{"name":"X","issuer":"https://x.example","idToken":{},"quirk":"es256_client_secret","variables":{"key":{"title":"K","kind":"ec_private_key"}}}""", true)]
    [InlineData("""{"name":"X","issuer":"https://x.example","idToken":{},"token":{"auth":"private_key_jwt"},"variables":{"privateKey":{"title":"K","kind":"ec_private_key"},"key":{"title":"K","default":"x"}}}""", true)]
    [InlineData("""{"name":"X","issuer":"https://x.example","idToken":{},"quirk":"appsecret_proof"}""", false)]
    public void A_secret_that_is_made_from_a_key_is_not_asked_for(string json, bool optional)
    {
        catalog.Add("x", json);
        string pem = Keys.Private(ECCurve.NamedCurves.nistP256).Replace("\n", "\\n", StringComparison.Ordinal);
        string key = json.Contains("privateKey", StringComparison.Ordinal) ? "PrivateKey" : "Key";
        string settings = optional ? $"x:ClientId=us\nx:{key}={pem}" : "x:ClientId=us";
        Assert.Equal(optional, Setup.Mistakes(settings, catalog).Count == 0);
    }

    [Theory]
    [InlineData("P-256", true)]
    [InlineData("P-384", false)]
    [InlineData("public", false)]
    [InlineData("RSA", false)]
    [InlineData("text", false)]
    [InlineData("cut", false)]
    public void A_private_key_is_tried_out(string kind, bool fits)
    {
        catalog.Add("x", """
            {
              "name": "X", "issuer": "https://x.example", "idToken": {}, "quirk": "es256_client_secret",
              "variables": { "privateKey": { "title": "The key", "kind": "ec_private_key" } }
            }
            """);
        string pem = kind switch
        {
            "P-256" => Keys.Private(ECCurve.NamedCurves.nistP256),
            "P-384" => Keys.Private(ECCurve.NamedCurves.nistP384),
            "public" => Keys.Public(),
            "RSA" => Keys.Rsa(),
            "cut" => Keys.Private(ECCurve.NamedCurves.nistP256).Remove(60, 20),
            _ => "not a key",
        };
        IReadOnlyList<string> mistakes = Setup.Mistakes($"x:ClientId=us\nx:PrivateKey={pem.Replace("\n", "\\n", StringComparison.Ordinal)}", catalog);
        string[] expected = fits ? [] : [P + "x:privateKey is not a P-256 private key in PEM; write the whole file, its line ends as \\n if need be."];
        Assert.Equal(expected, mistakes);
    }

    [Fact]
    public void All_mistakes_of_all_providers_come_at_once() =>
        Assert.Collection(
            Setup.Mistakes("""
                acme:ClientId=us
                acme:Scoep=x
                nobody:ClientId=us
                umbrella:ClientId=a b
                umbrella:Accepts=code nothing
                your-idp:ClientId=us
                """, catalog).Order(StringComparer.Ordinal),
            Begins("acme:ClientSecret is missing"),
            Begins("acme:Scoep is not a setting"),
            Begins("nobody is nothing in the catalogue"),
            Begins("umbrella:Accepts must be of"),
            Begins("umbrella:ClientId is blank"),
            Begins("umbrella:ClientSecret is missing"),
            Begins("umbrella:tenant is missing"),
            Begins("your-idp: 'your-idp' is not an id"));

    [Fact]
    public void No_mistake_repeats_a_secret()
    {
        const string canary = "c4n4ry";
        string mistakes = string.Join('\n', Setup.Mistakes($"""
            acme:ClientId={canary} 1
            acme:ClientSecret= {canary}
            acme:Tenant={canary}
            acme:Accepts={canary}
            acme:EmailTrust={canary}
            acme:Enabled={canary}
            acme:Audiences:0={canary}
            acme:Definition:Token:Auth={canary}
            acme:Definition:TokenEndpoint=https://{canary}:{canary}@acme.example/token
            umbrella:ClientId=us
            umbrella:ClientSecret={canary}
            umbrella:Tenant={canary}
            initech:ClientSecret={canary}
            """, catalog));
        Assert.NotEmpty(mistakes);
        Assert.DoesNotContain(canary, mistakes, StringComparison.Ordinal);
    }

    private static Action<string> Begins(string words) => mistake => Assert.StartsWith(P + words, mistake, StringComparison.Ordinal);
}
