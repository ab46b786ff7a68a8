using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Validates access tokens that are JWTs of the provider (RFC 9068 4). Whose and whom for is judged with the other proofs.</summary>
internal sealed class AccessTokenJwt(JwtValidator jwts, TimeProvider time)
{
    // OpenID Connect Core 2 and 3.3.2.11: what ties an ID token to a request, and an access token never has.
    private static readonly string[] MarksOfIdTokens = ["nonce", "at_hash", "c_hash"];

    // What an ID token has as well.
    private static readonly string[] CommonAudiences = ["aud", "azp"];

    private static readonly string[] CommonClaims = ["iss", "sub", "aud", "azp", "exp", "iat", "nbf", "tid", "oid"];

    /// <summary>The claims.</summary>
    public async Task<Result<JsonElement>> ValidateAsync(
        Provider provider, AccessTokenProofDefinition proof, string token, CancellationToken cancellationToken)
    {
        Result<CompactJws> valid = await jwts.ValidateAsync(
            provider, token, JwtRules.AccessToken(proof), (claims, header) => Fault(provider, proof, claims, header), cancellationToken);
        return valid.IsSuccess ? valid.Value.Payload : valid.Error;
    }

    private string? Fault(Provider provider, AccessTokenProofDefinition proof, JsonElement claims, JwtHeader header) =>
        !JwtIssuer.Accepts(provider, proof.Issuers, claims) ? "issuer_mismatch"
        : !header.IsAccessToken && MayBeAnother(provider, proof, claims) ? "access_token_type"
        : JwtTimes.Fault(claims, time.GetUtcNow()) is { } fault ? $"access_token_{fault}"
        : null;

    // RFC 8725 3.12: a token that does not say what it is must show what only an access token does, where the provider signs others too.
    private static bool MayBeAnother(Provider provider, AccessTokenProofDefinition proof, JsonElement claims) =>
        claims.TryGetProperty("events", out _)
        || Array.Exists(MarksOfIdTokens, name => claims.TryGetProperty(name, out _))
        || (SignsIdTokens(provider.Definition) && !proof.Require.Values.Any(condition => IsMark(condition, provider)) && proof.Audience.All(path => CommonAudiences.Contains(path)));

    // A condition tells the kinds apart only if it is in force, cannot be passed by leaving the claim out, and is about no claim that both have.
    private static bool IsMark(ConditionDefinition condition, Provider provider) =>
        condition.Applies(provider) && !condition.Optional && !CommonClaims.Contains(condition.Path);

    private static bool SignsIdTokens(ProviderDefinition definition) => definition.IdToken is not null || definition.Issuer is not null;
}
