using System.Collections.Frozen;
using Cambio.Providers;
using Cambio.Quirks;

namespace Cambio.Tests.Quirks;

public sealed class AppSecretProofTests
{
    [Fact]
    public void Signs_the_users_token_with_the_client_secret()
    {
        var request = new ProviderRequest("userinfo", HttpMethod.Get, new Uri("https://graph.example/me?fields=id"));

        new QuirkRegistry().Find("appsecret_proof")!.Sign(request, SampleProviders.WithSecret("key"), "The quick brown fox jumps over the lazy dog", DateTimeOffset.UnixEpoch);

        Assert.Equal(
            "https://graph.example/me?fields=id&appsecret_proof=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8",
            request.FullAddress().AbsoluteUri);
    }

    [Fact]
    public void Makes_no_client_secret() =>
        Assert.Null(new QuirkRegistry().Find("appsecret_proof")!.ClientSecret(SampleProviders.WithSecret("key"), DateTimeOffset.UnixEpoch));
}

internal static class SampleProviders
{
    public static Provider WithSecret(string secret) => With(secret, []);

    public static Provider With(string? secret, Dictionary<string, string> variables) => new()
    {
        Id = "example",
        Definition = new ProviderDefinition { Name = "Example", Issuer = "https://{host}" },
        ClientId = "our-client",
        ClientSecret = secret,
        Audiences = FrozenSet.Create(StringComparer.Ordinal, "our-client"),
        Accepts = ["code"],
        Scope = [],
        EmailTrust = [],
        Variables = variables.ToFrozenDictionary(StringComparer.Ordinal),
    };
}
