using System.Text;
using Cambio.Providers;

namespace Cambio.Tests.Providers;

/// <summary>What stands in a definition is known, once, and something; else the mistake names the key.</summary>
public sealed class StrictDefinitions
{
    [Theory]
    [InlineData("""{"name":"X","tokn":{}}""", "f: tokn is not a key. Did you mean token?")]
    [InlineData("""{"name":"X","token":{"metod":"get"}}""", "f: token.metod is not a key. Did you mean method?")]
    [InlineData("""{"name":"X","userinfo":{"profile":{"address":"https://x"}}}""", "f: userinfo.profile.address is not a key.")]
    [InlineData("""{"name":"X","Docs":"https://x"}""", "f: Docs is not a key. Did you mean docs?")]
    [InlineData("""{"name":"X","name":"Y"}""", "f: name is there twice; keep one. Upper and lower case do not make two keys.")]
    [InlineData("""{"name":"X","token":{"headers":{"Accept":"a","accept":"b"}}}""", "f: token.headers.accept is there twice; keep one. Upper and lower case do not make two keys.")]
    [InlineData("""{"name":"X","docs":null}""", "f: docs is null; leave the key out.")]
    [InlineData("""{"name":"X","claims":{"sub":[null]}}""", "f: claims.sub is null; leave the key out.")]
    [InlineData("""{"name":"X","userinfo":{"profile":{"json":{"a":{"b":null}}}}}""", "f: userinfo.profile.json.a.b is null; leave the key out.")]
    [InlineData("""{"name":"X","userinfo":{"profile":{"json":{"a":1,"A":2}}}}""", "f: userinfo.profile.json.A is there twice; keep one. Upper and lower case do not make two keys.")]
    [InlineData("""{"docs":"https://x"}""", "f: name is missing.")]
    [InlineData("""{"name":"X","gate":{"member":{"equalTo":"1"}}}""", "f: gate.member.path is missing.")]
    [InlineData("""{"name":"X","variables":{"tenant":{}}}""", "f: variables.tenant.title is missing.")]
    [InlineData("""{"name":1}""", "f: name must be a text.")]
    [InlineData("""{"name":"X","token":"https://x"}""", "f: token must be an object.")]
    [InlineData("""{"name":"X","variables":["tenant"]}""", "f: variables must be an object.")]
    [InlineData("""{"name":"X","authorization":{"pkce":"yes"}}""", "f: authorization.pkce must be true or false.")]
    [InlineData("""{"name":"X","authorization":{"scope":{"a":"b"}}}""", "f: authorization.scope must be one text or a list of texts.")]
    [InlineData("""{"name":"X","authorization":{"scope":["a",1]}}""", "f: authorization.scope must be one text or a list of texts.")]
    [InlineData("""{"name":"X","authorization":{"scope":[""]}}""", "f: authorization.scope holds an empty text; leave it out.")]
    [InlineData("""{"name":"X","idToken":{"nonce":"Exact"}}""", "f: idToken.nonce must be one of exact_or_sha256, exact.")]
    [InlineData("""{"name":"X","token":{"auth":1}}""", "f: token.auth must be one of client_secret_post, client_secret_basic, client_secret_basic_raw, query, bearer_secret, private_key_jwt, none.")]
    [InlineData("""[]""", "f: must be an object.")]
    [InlineData("""null""", "f: is null; leave the key out.")]
    public void A_mistake_names_its_key(string json, string mistake) => Assert.Equal([mistake], Read(json).Mistakes);

    [Theory]
    [InlineData("{\"name\":\"X\",\n// why\n\"docs\":\"https://x\"}", "f: name is where the text stops being JSON (line 2).")]
    [InlineData("{\"name\":\"X\",\n\"token\":{\"auth\":\"none\",}}", "f: token.auth is where the text stops being JSON (line 2).")]
    [InlineData("{\"name\":\"X\",\"claims\":{\"sub\":[\"a\",]}}", "f: claims.sub is where the text stops being JSON (line 1).")]
    [InlineData("{\"name\":\"X\"", "f: name is where the text stops being JSON (line 1).")]
    [InlineData("{\"name\":\"X\"} {}", "f: name is where the text stops being JSON (line 1).")]
    [InlineData("{\"name\":\"\\ud800\"}", "f: name is where the text stops being Unicode.")]
    [InlineData("", "f: is where the text stops being JSON (line 1).")]
    public void A_text_that_is_not_plain_JSON_is_refused_behind_its_last_key(string json, string mistake) =>
        Assert.StartsWith(mistake, Assert.Single(Read(json).Mistakes), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused() =>
        Assert.Equal(["f: name is where the text stops being Unicode."], ProviderDefinitionReader.Read([.. "{\"name\":\""u8, 0xff, .. "\"}"u8], "f").Mistakes);

    [Fact]
    public void All_mistakes_are_found_at_once() =>
        Assert.Equal(
            ["f: docs is null; leave the key out.", "f: token.auth must be one of client_secret_post, client_secret_basic, client_secret_basic_raw, query, bearer_secret, private_key_jwt, none.", "f: nmae is not a key. Did you mean name?", "f: name is missing."],
            Read("""{"docs":null,"token":{"auth":"basic"},"nmae":"X"}""").Mistakes);

    [Fact]
    public void A_definition_without_mistakes_is_read()
    {
        ProviderDefinition definition = Read("""
            {
              "$schema": "../provider.schema.json", "name": "X", "aliases": "ex",
              "variables": { "tenant": { "title": "T", "kind": "ec_private_key" } },
              "token": { "auth": "client_secret_basic", "method": "get", "response": "json_any_type" },
              "userinfo": { "profile": { "url": "https://x", "json": { "a": [1, true, { "b": "c" }] } } },
              "idToken": { "algorithms": ["ES256"], "require": { "tenant": { "path": "tid", "present": true } } },
              "claims": { "sub": ["id", "sub"] }
            }
            """).Definition!;

        Assert.Equal(["ex"], definition.Aliases);
        Assert.Equal(VariableKind.EcPrivateKey, definition.Variables["tenant"].Kind);
        Assert.Equal(ClientAuthenticationMethod.ClientSecretBasic, definition.Token.Auth);
        Assert.Equal(CallMethod.Get, definition.Token.Method);
        Assert.Equal("""{"a":[1,true,{"b":"c"}]}""", definition.Userinfo["profile"].Json!.ToJsonString());
        Assert.True(definition.IdToken!.Require["tenant"].Present);
        Assert.Equal(["id", "sub"], definition.Claims!.Sub!);
    }

    private static DefinitionReading Read(string json) => ProviderDefinitionReader.Read(Encoding.UTF8.GetBytes(json), "f");
}
