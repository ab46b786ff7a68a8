using System.Text.Json.Serialization;
using Cambio.Tokens;

namespace Cambio.AspNetCore.Answers;

/// <summary>A JWK set, RFC 7517 5.</summary>
internal sealed record KeysAnswer([property: JsonPropertyName("keys")] IReadOnlyList<KeyAnswer> Keys);

/// <summary>A public key, RFC 7518 6.2.</summary>
internal sealed record KeyAnswer(
    [property: JsonPropertyName("kty")] string KeyType,
    [property: JsonPropertyName("use")] string Use,
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("kid")] string Id,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y)
{
    public static KeyAnswer From(SigningKey key) => new("EC", "sig", key.Credentials.Algorithm, key.Id, "P-256", key.X, key.Y);
}

/// <summary>Authorization server metadata, RFC 8414 2 and OpenID Connect Discovery 3. Names an endpoint only when it exists.</summary>
internal sealed record DiscoveryAnswer(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("jwks_uri")] string JwksUri,
    [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> TokenEndpointAuthMethods,
    [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypes,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes,
    [property: JsonPropertyName("subject_types_supported")] IReadOnlyList<string> SubjectTypes,
    [property: JsonPropertyName("id_token_signing_alg_values_supported")] IReadOnlyList<string> SigningAlgorithms,
    [property: JsonPropertyName("code_challenge_methods_supported")] IReadOnlyList<string> CodeChallengeMethods);

/// <summary>What a health check answers.</summary>
internal sealed record HealthAnswer([property: JsonPropertyName("status")] string Status);
