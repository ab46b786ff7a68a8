using Cambio.Providers;

namespace Cambio.Tests.Providers;

/// <summary>What applies when settings and definition both have a say.</summary>
public sealed class ProviderSettingsInForce : IDisposable
{
    private readonly CatalogFolder catalog = Setup.Catalog();

    public void Dispose() => catalog.Dispose();

    [Fact]
    public void The_definition_applies_where_settings_are_silent()
    {
        Provider provider = Setup.Provider("acme:ClientId=us\nacme:ClientSecret=s", catalog);
        Assert.Equal("us", provider.ClientId);
        Assert.Equal("s", provider.ClientSecret);
        Assert.Equal(["us"], provider.Audiences);
        Assert.Equal(["code"], provider.Accepts);
        Assert.Equal(["read"], provider.Scope);
        Assert.Empty(provider.ExtraScope);
        Assert.Empty(provider.EmailTrust);
        Assert.Null(provider.Simulator);
    }

    [Fact]
    public void Settings_apply_before_the_definition()
    {
        Provider provider = Setup.Provider("""
            umbrella:ClientId=us
            umbrella:ClientSecret=s
            umbrella:Audiences=phone, page
            umbrella:TENANT=hive
            umbrella:Scope=openid
            umbrella:ExtraScope=mail calendar
            umbrella:RedirectUris=https://app.example.com/cb, postmessage
            umbrella:RequirePkce=true
            umbrella:Accepts=id_token,code
            umbrella:EmailTrust=verified
            """, catalog);

        Assert.Equal(["page", "phone", "us"], provider.Audiences.Order());
        Assert.Equal("hive", provider.Variables["tenant"]);
        Assert.Equal(["openid"], provider.Scope);
        Assert.Equal(["mail", "calendar"], provider.ExtraScope);
        Assert.Equal(["https://app.example.com/cb", "postmessage"], provider.RedirectUris);
        Assert.True(provider.RequirePkce);
        Assert.Equal(["code", "id_token"], provider.Accepts);
        Assert.Equal(["verified"], provider.EmailTrust);
    }

    [Fact]
    public void Names_of_settings_are_read_in_any_case()
    {
        Provider provider = Setup.Provider("acme:CLIENTID=us\nacme:clientsecret=s\nacme:definition:NAME=New", catalog);
        Assert.Equal("us", provider.ClientId);
        Assert.Equal("New", provider.Definition.Name);
    }

    [Fact]
    public void Never_trusts_no_address() =>
        Assert.Empty(Setup.Provider("umbrella:ClientId=us\numbrella:ClientSecret=s\numbrella:Tenant=hive\numbrella:EmailTrust=never", catalog).EmailTrust);

    [Theory]
    [InlineData("""{"name":"X","tokenEndpoint":"https://x.example/t"}""", new[] { "code" })]
    [InlineData("""{"name":"X","issuer":"https://x.example"}""", new[] { "code" })]
    [InlineData("""{"name":"X","issuer":"https://x.example","idToken":{}}""", new[] { "code", "id_token" })]
    [InlineData("""{"name":"X","idToken":{"issuers":"https://x.example"},"jwksUri":"https://x.example/k"}""", new[] { "id_token" })]
    [InlineData("""{"name":"X","issuer":"https://x.example","idToken":{},"accessTokenProof":{"kind":"introspection"}}""", new[] { "code", "id_token", "access_token" })]
    [InlineData("""{"name":"X","issuer":"https://x.example","accessTokenProof":{"kind":"introspection","confidence":"uncertain"}}""", new[] { "code" })]
    [InlineData("""{"name":"X","issuer":"https://x.example","idToken":{},"accepts":"id_token"}""", new[] { "id_token" })]
    public void Without_a_word_all_that_can_be_verified_is_accepted(string json, string[] accepts)
    {
        catalog.Add("x", """{"userinfo":{"profile":{"url":"https://x.example/me"}},""" + json[1..]);
        Assert.Equal(accepts, Setup.Provider("x:ClientId=us\nx:ClientSecret=s", catalog).Accepts);
    }

    [Fact]
    public void An_uncertain_proof_is_the_operators_to_use()
    {
        Assert.Equal(["code"], Setup.Provider("initech:ClientId=us\ninitech:ClientSecret=s", catalog).Accepts);
        Assert.Equal(["access_token"], Setup.Provider("initech:ClientId=us\ninitech:ClientSecret=s\ninitech:Accepts=access_token", catalog).Accepts);
    }

    [Fact]
    public void A_number_that_only_a_proof_needs_is_asked_for_where_access_tokens_are_taken()
    {
        catalog.Add("x", """
            {
              "name": "X", "tokenEndpoint": "https://x.example/t", "userinfo": { "profile": { "url": "https://x.example/me" } },
              "variables": { "appId": { "title": "App ID", "pattern": "[0-9]+" } },
              "accessTokenProof": { "request": { "url": "https://x.example/check" }, "audience": "app", "audienceVariable": "appId" }
            }
            """);
        Assert.Equal(["code"], Setup.Provider("x:ClientId=us\nx:ClientSecret=s", catalog).Accepts);
        Assert.Equal(["code", "access_token"], Setup.Provider("x:ClientId=us\nx:ClientSecret=s\nx:AppId=7", catalog).Accepts);
        Assert.Equal(["Cambio:Providers:x:appId is missing; set it to: App ID."], Setup.Mistakes("x:ClientId=us\nx:ClientSecret=s\nx:Accepts=access_token", catalog));
    }

    [Fact]
    public void One_entry_serves_several_providers()
    {
        using ProviderRegistry registry = Setup.Registry("""
            umbrella:ClientId=one
            umbrella:ClientSecret=s
            umbrella:Tenant=hive
            lab:BasedOn=umbrella
            lab:ClientId=two
            lab:ClientSecret=s
            lab:Tenant=lab
            lab:Definition:Name=Umbrella Lab
            """, catalog);

        Assert.Empty(registry.Mistakes);
        Assert.Equal(["lab", "umbrella"], registry.All.Select(provider => provider.Id));
        Assert.Equal(["lab", "hive"], registry.All.Select(provider => provider.Variables["tenant"]));
        Assert.Equal(["Umbrella Lab", "Umbrella"], registry.All.Select(provider => provider.Definition.Name));
        Assert.Equal(["umbrella.example"], registry.All[0].EmailTrust);
    }

    [Theory]
    [InlineData("acme:Enabled=false")]
    [InlineData("acme:Enabled=false\nacme:ClientSecret=s\nacme:Nonsense=x\nacme:Accepts=nothing")]
    [InlineData("acme:ClientId=\nacme:ClientSecret=")]
    [InlineData("nobody:Enabled=false\nnobody:ClientId=us")]
    public void What_is_off_is_not_checked(string settings)
    {
        using ProviderRegistry registry = Setup.Registry(settings, catalog);
        Assert.Empty(registry.Mistakes);
        Assert.Empty(registry.All);
    }

    [Fact]
    public void Ids_are_found_byte_for_byte_and_without_memory()
    {
        using ProviderRegistry registry = Setup.Registry("acme:ClientId=us\nacme:ClientSecret=s", catalog);
        Assert.Equal("acme", registry.Find("acme").Value!.Id);
        Assert.All(["Acme", "acme ", "", "umbrella"], id => Assert.Equal(ErrorCodes.UnknownProvider, registry.Find(id).Error!.Code));

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool found = registry.Find("acme").IsSuccess && !registry.Find("nobody").IsSuccess;
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(found);
    }

    [Fact]
    public void A_private_key_may_have_its_line_ends_written_out()
    {
        catalog.Add("key", """
            {
              "name": "Key", "issuer": "https://key.example", "idToken": {}, "quirk": "es256_client_secret",
              "variables": { "privateKey": { "title": "The key", "kind": "ec_private_key" } }
            }
            """);
        string pem = Keys.Private(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        Provider provider = Setup.Provider($"key:ClientId=us\nkey:PrivateKey={pem.Replace("\n", "\\n", StringComparison.Ordinal)}", catalog);
        Assert.Equal(pem, provider.Variables["privateKey"]);
    }
}
