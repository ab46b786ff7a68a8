using Cambio.Tests.Providers;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.EndToEnd;

/// <summary>A definition that would let somebody in who must not be stops the start, whether it stands in a file or in settings.</summary>
public sealed class BadDefinitionTests : IDisposable
{
    private const string Addresses = """ "name": "Corp", "authorizationEndpoint": "https://corp.example/authorize", "tokenEndpoint": "https://corp.example/token" """;
    private const string Profile = """ "userinfo": { "profile": { "url": "https://corp.example/me" } } """;

    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(""" "tokenEndpont": "https://corp.example/t" """, "tokenEndpont is not a key. Did you mean tokenEndpoint?")]
    [InlineData(""" "jwksUri": "http://corp.example/keys" """, "jwksUri must begin with https://")]
    [InlineData(""" "jwksUri": "https://corp.example/{realm}/keys" """, "jwksUri names {realm}, which is not known there")]
    [InlineData(""" "accepts": ["code", "access_token"] """, "accepts takes access_token, which cannot be proven to be ours (no_audience_proof)")]
    [InlineData(""" "accessTokenProof": { "request": { "url": "https://corp.example/check" } } """, "accessTokenProof proves nothing")]
    [InlineData(""" "revocationEndpoint": "https://corp.example/{access_token}" """, "revocationEndpoint names {access_token}, which is not known there")]
    [InlineData(""" "userinfo": { "profile": { "url": "{token.me}" } } """, "userinfo.profile.url takes its host from an answer (token.me); say with allowedHosts")]
    [InlineData(""" "claims": { "sub": "email" } """, "claims.sub reads email, which people change")]
    [InlineData(""" "claims": { "sub": "user.login" } """, "claims.sub reads user.login, which people change")]
    [InlineData(""" "name": "Corp again" """, "name is there twice")]
    [InlineData(""" "docs": null """, "docs is null; leave the key out.")]
    public void In_a_file(string key, string mistake)
    {
        string profile = key.Contains("\"userinfo\"", StringComparison.Ordinal) ? "" : $", {Profile}";
        folder.Add("corp", $$"""{ {{Addresses}}, {{key}} {{profile}} }""");
        string[] failures = Failures();

        string file = Path.Combine(folder.Path, "corp", "provider.json");
        Assert.Contains(failures, failure => failure.Contains($"{file}: {mistake}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Clams:Sub", "id", "Cambio:Providers:corp:Definition:Clams is not a key of a definition. Did you mean claims?")]
    [InlineData("JwksUri", "http://corp.example/keys", "Cambio:Providers:corp:Definition:jwksUri must begin with https://")]
    [InlineData("JwksUri", "https://{host}/keys", "Cambio:Providers:corp:Definition:jwksUri names {host}, which is not known there")]
    [InlineData("Accepts", "access_token", "Cambio:Providers:corp:Definition:accepts takes access_token, which cannot be proven to be ours")]
    [InlineData("Userinfo:Profile:Url", "https://{token.host}/me", "Cambio:Providers:corp:Definition:userinfo:profile:url takes its host from an answer (token.host)")]
    [InlineData("Claims:Sub", "preferred_username", "Cambio:Providers:corp:Definition:claims:sub reads preferred_username")]
    public void In_settings(string key, string value, string mistake)
    {
        folder.Add("corp", $$"""{ {{Addresses}}, {{Profile}} }""");

        Assert.Contains(Failures(KeyValuePair.Create<string, string?>($"Cambio:Providers:corp:Definition:{key}", value)), failure => failure.StartsWith(mistake, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("evil.example/x?")]
    [InlineData("me@evil.example#")]
    [InlineData("evil.example:443")]
    [InlineData("evil\\.example")]
    [InlineData("evil.example")]
    public void A_variable_that_would_change_the_host(string shop)
    {
        folder.Add("corp", """
            { "name": "Corp", "variables": { "shop": { "title": "Name of the shop", "pattern": "[a-z0-9][a-z0-9-]*", "example": "acme" } },
              "authorizationEndpoint": "https://{shop}.corp.example/authorize", "tokenEndpoint": "https://{shop}.corp.example/token",
              "userinfo": { "profile": { "url": "https://{shop}.corp.example/me" } } }
            """);

        Assert.Contains(
            Failures(KeyValuePair.Create<string, string?>("Cambio:Providers:corp:Shop", shop)),
            failure => failure == "Cambio:Providers:corp:shop does not fit; set it to: Name of the shop, such as acme.");
    }

    private string[] Failures(params KeyValuePair<string, string?>[] settings) => [.. Assert.Throws<OptionsValidationException>(() => CambioHost.Start(
        [new("Cambio:Catalog", folder.Path), new("Cambio:Providers:corp:ClientId", "us"), new("Cambio:Providers:corp:ClientSecret", "s"), .. settings])).Failures];
}
