using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

public sealed class JwtIssuerTests : IdTokenRoom
{
    private const string Tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    private static readonly ProviderDefinition TenantTemplate = SampleProvider.OpenId with
    {
        IdToken = new IdTokenDefinition
        {
            Issuers = ["https://login.example/{tid}/v2.0"],
            Require = new Dictionary<string, ConditionDefinition>
            {
                ["no consumers"] = new() { Path = "tid", NotEqualTo = "consumers", Variable = "tenant", Is = ["organizations"] },
                ["our tenant"] = new() { Path = "tid", EqualTo = "{tenant}", Variable = "tenant", IsNot = ["common", "organizations"] },
            },
        },
    };

    [Theory]
    [InlineData("accounts.example", true)]
    [InlineData("https://accounts.example", true)]
    [InlineData("http://accounts.example", false)]
    [InlineData("https://id.example", false)]
    public async Task Accepts_every_issuer_of_the_definition_and_no_other(string issuer, bool accepted)
    {
        ProviderDefinition definition = SampleProvider.OpenId with
        {
            IdToken = new IdTokenDefinition { Issuers = ["https://accounts.example", "accounts.example"] },
        };

        Result<Authorization> result = await VerifyAsync(Key.Sign(With(Claims, "iss", $"\"{issuer}\"")), definition);

        Assert.Equal(accepted ? null : "issuer_mismatch", result.Error?.Reason);
    }

    [Theory]
    [InlineData($"https://login.example/{Tenant}/v2.0", $"\"{Tenant}\"", null)]
    [InlineData("https://login.example/other/v2.0", $"\"{Tenant}\"", "issuer_mismatch")]
    [InlineData($"https://login.example/{Tenant}/v2.0", "", "issuer_mismatch")]
    [InlineData("https://login.example//v2.0", "\"\"", "issuer_mismatch")]
    [InlineData("https://login.example/null/v2.0", "null", "issuer_mismatch")]
    [InlineData("https://login.example/{tid}/v2.0", "\"{tid}\"", "issuer_mismatch")]
    [InlineData("https://login.example/a/b/v2.0", "\"a/b\"", "issuer_mismatch")]
    [InlineData("https://login.example/../evil/v2.0", "\"../evil\"", "issuer_mismatch")]
    [InlineData("https://login.example/evil#/v2.0", "\"evil#\"", "issuer_mismatch")]
    [InlineData("https://login.example/our-client/v2.0", "[\"our-client\"]", "issuer_mismatch")]
    public async Task Fills_a_tenant_in_from_the_token_and_nothing_more(string issuer, string tid, string? reason) =>
        Assert.Equal(reason, await ReasonAsync("common", issuer, tid));

    [Theory]
    [InlineData("common", "consumers", null)]
    [InlineData("organizations", "consumers", "id_token_requirement")]
    [InlineData("organizations", Tenant, null)]
    [InlineData(Tenant, Tenant, null)]
    [InlineData(Tenant, "consumers", "id_token_requirement")]
    public async Task Lets_in_only_the_tenants_that_settings_allow(string tenant, string tid, string? reason) =>
        Assert.Equal(reason, await ReasonAsync(tenant, $"https://login.example/{tid}/v2.0", $"\"{tid}\""));

    [Fact]
    public async Task Fills_settings_in_before_claims()
    {
        ProviderDefinition definition = SampleProvider.OpenId with { Issuer = "https://{domain}/" };
        Provider provider = SampleProvider.At(Fake, definition, variables: new() { ["domain"] = "acme.id.example" });

        foreach ((string issuer, bool accepted) in new[] { ("https://acme.id.example/", true), ("https://evil/", false) })
        {
            string payload = With(With(Claims, "iss", $"\"{issuer}\""), "domain", "\"evil\"");
            Assert.Equal(accepted, (await Rooms.VerifyAsync(provider, new IdToken(Key.Sign(payload)))).IsSuccess);
        }
    }

    [Fact]
    public async Task Never_visits_an_issuer_that_the_token_names()
    {
        string issuer = $"{Fake.Address}attacker";

        await RefusedAsync(Key.Sign(With(Claims, "iss", $"\"{issuer}\"")), "issuer_mismatch");
        Assert.Equal("issuer_mismatch", await ReasonAsync("common", issuer, $"\"{Tenant}\""));

        Assert.Empty(Fake.Calls);
    }

    private async Task<string?> ReasonAsync(string tenant, string issuer, string tid)
    {
        string payload = With(With(Claims, "iss", $"\"{issuer}\""), "tid", tid);
        Provider provider = SampleProvider.At(Fake, TenantTemplate, variables: new() { ["tenant"] = tenant });
        Result<Authorization> result = await Rooms.VerifyAsync(provider, new IdToken(Key.Sign(payload)));
        return result.Error?.Reason;
    }
}
