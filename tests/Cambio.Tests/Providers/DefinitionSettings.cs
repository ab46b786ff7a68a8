using System.Text;
using System.Text.Json.Nodes;
using Cambio.Providers;
using Microsoft.Extensions.Configuration;

namespace Cambio.Tests.Providers;

/// <summary>Settings are laid over a definition key by key.</summary>
public sealed class DefinitionSettings
{
    private const string Base = """
        {
          "name": "Acme", "deprecated": "Use Zeta.", "authorization": { "scope": ["read"], "parameters": { "Prompt": "none" } },
          "userinfo": { "profile": { "url": "https://a.example/me", "json": { "query": "me", "limit": 5 } } },
          "claims": { "sub": "id", "name": ["full", "short"] }
        }
        """;

    [Theory]
    [InlineData("Name=New", """{"name":"New"}""")]
    [InlineData("NAME=New", """{"name":"New"}""")]
    [InlineData("TokenEndpoint=https://a.example/t", """{"tokenEndpoint":"https://a.example/t"}""")]
    [InlineData("Authorization:Scope=read write", """{"authorization":{"scope":["read","write"],"parameters":{"Prompt":"none"}}}""")]
    [InlineData("Authorization:Pkce=False", """{"authorization":{"scope":["read"],"parameters":{"Prompt":"none"},"pkce":false}}""")]
    [InlineData("Authorization:Parameters:prompt=login", """{"authorization":{"scope":["read"],"parameters":{"Prompt":"login"}}}""")]
    [InlineData("Authorization:Parameters:Login_Hint=x", """{"authorization":{"scope":["read"],"parameters":{"Prompt":"none","Login_Hint":"x"}}}""")]
    [InlineData("Token:Auth=CLIENT_SECRET_BASIC", """{"token":{"auth":"client_secret_basic"}}""")]
    [InlineData("Claims:Given_Name={first} x, y", """{"claims":{"sub":"id","name":["full","short"],"given_name":["{first} x","y"]}}""")]
    [InlineData("Claims:Name=full", """{"claims":{"sub":"id","name":["full"]}}""")]
    [InlineData("Userinfo:Profile:Json:Limit=7", """{"userinfo":{"profile":{"url":"https://a.example/me","json":{"query":"me","limit":7}}}}""")]
    [InlineData("Userinfo:Profile:Json:Deep:On=true", """{"userinfo":{"profile":{"url":"https://a.example/me","json":{"query":"me","limit":5,"Deep":{"On":true}}}}}""")]
    [InlineData("Userinfo:emails:Url=https://a.example/mails", """{"userinfo":{"profile":{"url":"https://a.example/me","json":{"query":"me","limit":5}},"emails":{"url":"https://a.example/mails"}}}""")]
    [InlineData("Gate:staff:Path=hd", """{"gate":{"staff":{"path":"hd"}}}""")]
    [InlineData("Deprecated=", """{"deprecated":null}""")]
    public void A_setting_changes_its_key_alone(string setting, string changed)
    {
        JsonObject expected = JsonNode.Parse(Base)!.AsObject();
        foreach ((string key, JsonNode? value) in JsonNode.Parse(changed)!.AsObject())
        {
            expected.Remove(key);
            if (value is not null)
            {
                expected[key] = value.DeepClone();
            }
        }

        JsonObject actual = Overlay(setting, out List<string> mistakes);
        Assert.Empty(mistakes);
        Assert.True(JsonNode.DeepEquals(expected, actual), actual.ToJsonString());
    }

    [Theory]
    [InlineData("Tokn:Auth=none", "Definition:Tokn is not a key of a definition. Did you mean token?")]
    [InlineData("Token:Metod=get", "Definition:Token:Metod is not a key of a definition. Did you mean method?")]
    [InlineData("Token:Auth=basic", "Definition:Token:Auth must be one of client_secret_post, client_secret_basic, client_secret_basic_raw, query, bearer_secret, private_key_jwt, none.")]
    [InlineData("Authorization:Pkce=no", "Definition:Authorization:Pkce must be true or false.")]
    [InlineData("Authorization:Scope:0=read", "Definition:Authorization:Scope is a list; write one text, its items separated by spaces or commas.")]
    [InlineData("Claims:Sub:1=id", "Definition:Claims:Sub is a list; write one text, its items separated by spaces or commas.")]
    [InlineData("Userinfo:Profile:Json:Fields:0=id", "Definition:Userinfo:Profile:Json:Fields is a list; write one text, its items separated by spaces or commas.")]
    [InlineData("Token=https://a.example/t", "Definition:Token is a section; set the keys below it.")]
    [InlineData("Name:Short=A", "Definition:Name is one value; it has no keys below it.")]
    public void What_does_not_fit_is_a_mistake_and_changes_nothing(string setting, string mistake)
    {
        JsonObject actual = Overlay(setting, out List<string> mistakes);
        Assert.Equal([mistake], mistakes);
        Assert.Equal("Acme", (string?)actual["name"]);
        Assert.Equal("id", (string?)actual["claims"]!["sub"]);
        Assert.Single(actual["authorization"]!["scope"]!.AsArray());
    }

    [Fact]
    public void Arrays_of_JSON_settings_are_seen()
    {
        const string json = """{"Definition":{"Authorization":{"Scope":["read","write"]}}}""";
        IConfiguration settings = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        var mistakes = new List<string>();
        new DefinitionOverlay(mistakes).Apply([], settings.GetSection("Definition"));
        Assert.Equal(["Definition:Authorization:Scope is a list; write one text, its items separated by spaces or commas."], mistakes);
    }

    [Fact]
    public void A_provider_of_OpenID_Connect_needs_its_issuer_alone()
    {
        Provider provider = Setup.Provider("""
            corp:ClientId=us
            corp:ClientSecret=s
            corp:Definition:Issuer=https://login.corp.example
            """);

        Assert.Equal("corp", provider.Definition.Name);
        Assert.Equal(["code", "id_token"], provider.Accepts);
        Assert.Equal(["openid", "profile", "email"], provider.Scope);
        Assert.NotNull(provider.Definition.IdToken);
    }

    [Fact]
    public void A_provider_of_OAuth_2_needs_its_endpoints_and_where_the_user_stands()
    {
        Provider provider = Setup.Provider("""
            corp:ClientId=us
            corp:ClientSecret=s
            corp:Definition:Name=Corp
            corp:Definition:AuthorizationEndpoint=https://corp.example/authorize
            corp:Definition:TokenEndpoint=https://corp.example/token
            corp:Definition:Userinfo:profile:Url=https://corp.example/me
            corp:Definition:Claims:Sub=data.id
            corp:Definition:Authorization:Scope=read,mail
            """);

        Assert.Equal(["code"], provider.Accepts);
        Assert.Equal(["read", "mail"], provider.Scope);
        Assert.Equal("https://corp.example/me", provider.Definition.Userinfo["profile"].Url);
        Assert.Null(provider.Definition.IdToken);
    }

    [Fact]
    public void A_definition_in_settings_is_laid_over_the_catalogue()
    {
        using CatalogFolder catalog = Setup.Catalog();
        Provider provider = Setup.Provider("""
            acme:ClientId=us
            acme:ClientSecret=s
            acme:Definition:Userinfo:Profile:Url=https://api.acme.example/v2/me
            acme:Definition:Authorization:Parameters:prompt=login
            """, catalog);

        Assert.Equal("Acme", provider.Definition.Name);
        Assert.Equal("https://api.acme.example/v2/me", provider.Definition.Userinfo["profile"].Url);
        Assert.Equal("login", Assert.Single(provider.Definition.Authorization.Parameters).Value);
        Assert.Equal("https://acme.example/token", provider.Definition.TokenEndpoint);
    }

    private static JsonObject Overlay(string setting, out List<string> mistakes)
    {
        string[] parts = setting.Split('=', 2);
        IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection([new($"Definition:{parts[0]}", parts[1])]).Build();
        JsonObject target = JsonNode.Parse(Base)!.AsObject();
        mistakes = [];
        new DefinitionOverlay(mistakes).Apply(target, settings.GetSection("Definition"));
        return target;
    }
}
