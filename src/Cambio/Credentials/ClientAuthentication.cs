using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;
using Cambio.Quirks;

namespace Cambio.Credentials;

/// <summary>Shows an authorization server that we are the client (RFC 6749 2.3.1, RFC 7523 2.2).</summary>
internal sealed class ClientAuthentication(QuirkRegistry quirks, TimeProvider time)
{
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const string PrivateKey = "privateKey";

    /// <summary>Adds what the method asks for.</summary>
    /// <param name="provider">Where we are the client.</param>
    /// <param name="method">How it wants to see it.</param>
    /// <param name="endpoint">The endpoint's own address, which an assertion is made out to.</param>
    /// <param name="parameters">The request.</param>
    public void Apply(Provider provider, ClientAuthenticationMethod method, Uri endpoint, TokenParameters parameters)
    {
        switch (method)
        {
            case ClientAuthenticationMethod.ClientSecretBasic:
                parameters.Authorization = Basic(provider.ClientId, Secret(provider) ?? "");
                break;
            case ClientAuthenticationMethod.ClientSecretBasicRaw:
                parameters.Authorization = BasicRaw(provider.ClientId, Secret(provider) ?? "");
                break;
            case ClientAuthenticationMethod.Query:
                parameters.Query.Add(new("client_id", provider.ClientId));
                parameters.Query.Add(new("client_secret", Secret(provider) ?? ""));
                break;
            case ClientAuthenticationMethod.BearerSecret:
                parameters.Add("client_id", provider.ClientId);
                parameters.Authorization = $"Bearer {Secret(provider)}";
                break;
            case ClientAuthenticationMethod.PrivateKeyJwt:
                parameters.Add("client_id", provider.ClientId);
                parameters.Add("client_assertion_type", JwtBearer);
                parameters.Add("client_assertion", Assertion(provider, endpoint));
                break;
            case ClientAuthenticationMethod.None:
                parameters.Add("client_id", provider.ClientId);
                break;
            default:
                parameters.Add("client_id", provider.ClientId);
                parameters.Add("client_secret", Secret(provider));
                break;
        }
    }

    private string? Secret(Provider provider) =>
        quirks.Find(provider.Definition.Quirk)?.ClientSecret(provider, time.GetUtcNow()) ?? provider.ClientSecret;

    // RFC 6749 2.3.1: both are form-encoded before they are joined, so that a colon in one does not split them elsewhere.
    private static string Basic(string id, string secret) =>
        BasicRaw(Uri.EscapeDataString(id), Uri.EscapeDataString(secret));

    private static string BasicRaw(string id, string secret) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"))}";

    // RFC 7523 3.
    private string Assertion(Provider provider, Uri endpoint)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = provider.ClientId,
            ["sub"] = provider.ClientId,
            ["aud"] = endpoint.AbsoluteUri,
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        };
        VariableKind kind = provider.Definition.Variables.GetValueOrDefault(PrivateKey)?.Kind ?? VariableKind.EcPrivateKey;
        return ShortLivedJwt.Create(kind, provider.Variables[PrivateKey], provider.Variables.GetValueOrDefault("keyId"), claims, time.GetUtcNow());
    }
}
