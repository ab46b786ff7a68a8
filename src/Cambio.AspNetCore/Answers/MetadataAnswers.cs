using System.Text.Json.Serialization;
using Cambio.Tokens;

namespace Cambio.AspNetCore.Answers;

/// <summary>A JWK set, RFC 7517 5.</summary>
internal sealed record KeysAnswer([property: JsonPropertyName("keys")] IReadOnlyList<KeyAnswer> Keys);

/// <summary>A public key, RFC 7518 6.2 and 6.3.</summary>
internal sealed record KeyAnswer(
    [property: JsonPropertyName("kty")] string KeyType,
    [property: JsonPropertyName("use")] string Use,
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("kid")] string Id,
    [property: JsonPropertyName("crv")] string? Curve,
    [property: JsonPropertyName("x")] string? X,
    [property: JsonPropertyName("y")] string? Y,
    [property: JsonPropertyName("n")] string? Modulus,
    [property: JsonPropertyName("e")] string? Exponent)
{
    public static KeyAnswer From(SigningKey key) => new(
        key.Public.KeyType, "sig", key.Algorithm, key.Id, key.Public.Curve, key.Public.X, key.Public.Y, key.Public.Modulus, key.Public.Exponent);
}

/// <summary>Authorization server metadata, RFC 8414 2 and OpenID Connect Discovery 3. Names an endpoint only when it exists.</summary>
internal sealed record DiscoveryAnswer(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("jwks_uri")] string JwksUri,
    [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> TokenEndpointAuthMethods,
    [property: JsonPropertyName("revocation_endpoint")] string RevocationEndpoint,
    [property: JsonPropertyName("revocation_endpoint_auth_methods_supported")] IReadOnlyList<string> RevocationEndpointAuthMethods,
    [property: JsonPropertyName("introspection_endpoint")] string IntrospectionEndpoint,
    [property: JsonPropertyName("introspection_endpoint_auth_methods_supported")] IReadOnlyList<string> IntrospectionEndpointAuthMethods,
    [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypes,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes,
    [property: JsonPropertyName("subject_types_supported")] IReadOnlyList<string> SubjectTypes,
    [property: JsonPropertyName("id_token_signing_alg_values_supported")] IReadOnlyList<string> SigningAlgorithms,
    [property: JsonPropertyName("code_challenge_methods_supported")] IReadOnlyList<string> CodeChallengeMethods);

/// <summary>What a health check answers.</summary>
internal sealed record HealthAnswer([property: JsonPropertyName("status")] string Status);
