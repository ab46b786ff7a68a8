using System.Collections.Frozen;
using Cambio.Providers;

namespace Cambio.Tests.Credentials;

/// <summary>A provider as settings would make it, played by a fake.</summary>
internal static class SampleProvider
{
    public const string Issuer = "https://id.example";
    public const string ClientId = "our-client";
    public const string ClientSecret = "our-secret";

    /// <summary>An OpenID Provider that takes everything.</summary>
    public static ProviderDefinition OpenId { get; } = new()
    {
        Name = "Example",
        Issuer = Issuer,
        TokenEndpoint = "https://id.example/token",
        JwksUri = "https://id.example/keys",
        IdToken = new IdTokenDefinition(),
    };

    public static Provider At(
        FakeProvider fake, ProviderDefinition definition, string[]? audiences = null, Dictionary<string, string>? variables = null, string id = "example",
        string? accepts = null, string? secret = ClientSecret) => new()
    {
        Id = id,
        Definition = definition,
        ClientId = ClientId,
        ClientSecret = secret,
        Audiences = (audiences ?? []).Append(ClientId).ToFrozenSet(StringComparer.Ordinal),
        Accepts = TextList.Split(accepts ?? "code id_token access_token"),
        Scope = [],
        EmailTrust = [],
        Variables = (variables ?? []).ToFrozenDictionary(StringComparer.Ordinal),
        Simulator = fake.Address,
    };
}
