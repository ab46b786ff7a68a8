using System.Collections.Frozen;
using Cambio.Providers;
using Cambio.Server;

namespace Cambio.Tests.Server;

public sealed class BannerTests
{
    private const string Address = "http://127.0.0.1:5080";

    [Fact]
    public void Tells_address_providers_pipeline_and_one_call_to_try() => Assert.Equal(
        [
            "Cambio is at http://127.0.0.1:5080 (Production). OpenAPI: http://127.0.0.1:5080/openapi/v1.json",
            "Providers: acme (code access_token), other (code access_token)",
            "Pipeline: find-login, create-user",
            "Try: curl -d code=... http://127.0.0.1:5080/auth/acme",
        ],
        Banner.Lines(Address, "Production", [Provider("acme"), Provider("other")], "find-login  create-user", sandbox: false));

    [Fact]
    public void With_the_sandbox_on_the_call_works_as_it_stands() => Assert.Equal(
        "Try: curl -d user=ada http://127.0.0.1:5080/sandbox/acme",
        Banner.Lines(Address, "Development", [Provider("acme")], "", sandbox: true).Last());

    [Fact]
    public void Many_providers_are_counted() => Assert.Contains(
        "Providers: 13 are on; http://127.0.0.1:5080/auth/providers lists them and what each accepts.",
        Banner.Lines(Address, "Development", [.. Enumerable.Range(1, 13).Select(static i => Provider($"p{i}"))], "", sandbox: true));

    [Fact]
    public void Without_providers_it_says_how_to_have_one()
    {
        string[] lines = [.. Banner.Lines(Address, "Production", [], "find-login", sandbox: false)];

        Assert.Equal(3, lines.Length);
        Assert.Contains("Cambio:Providers:{id}:ClientId", lines[1], StringComparison.Ordinal);
    }

    private static Provider Provider(string id) => new()
    {
        Id = id,
        Definition = new ProviderDefinition { Name = id },
        ClientId = "c",
        Audiences = FrozenSet.Create("c"),
        Accepts = ["code", "access_token"],
        Scope = [],
        EmailTrust = [],
        Variables = FrozenDictionary<string, string>.Empty,
    };
}
