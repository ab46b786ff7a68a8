using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Validates ID tokens (OpenID Connect Core 3.1.3.7).</summary>
internal sealed class IdTokenValidator(JwtValidator jwts, TimeProvider time)
{
    /// <summary>Validates one token.</summary>
    /// <param name="provider">Who is said to have issued it.</param>
    /// <param name="token">The compact JWS.</param>
    /// <param name="nonce">The raw nonce of the request, when one was sent.</param>
    /// <param name="accessToken">The access token that came with it from the token endpoint, if any.</param>
    /// <param name="isBare">It was handed over by itself, not by the token endpoint.</param>
    /// <param name="cancellationToken">Ends a call for keys.</param>
    public async Task<Result<ValidIdToken>> ValidateAsync(
        Provider provider, string token, string? nonce, string? accessToken, bool isBare, CancellationToken cancellationToken)
    {
        IdTokenDefinition definition = provider.Definition.IdToken ?? new IdTokenDefinition { Algorithms = [] };
        Result<CompactJws> valid = await jwts.ValidateAsync(
            provider,
            token,
            JwtRules.IdToken(definition),
            (claims, header) => FaultOfClaims(provider, definition, claims) ?? FaultOfBinding(definition, claims, nonce, accessToken, isBare, header),
            cancellationToken);
        return valid.IsSuccess ? new ValidIdToken(valid.Value.Payload, IdTokenBinding.Mark(provider, valid.Value)) : valid.Error;
    }

    private string? FaultOfClaims(Provider provider, IdTokenDefinition definition, JsonElement claims)
    {
        if (!JwtIssuer.Accepts(provider, definition.Issuers, claims))
        {
            return "issuer_mismatch";
        }

        // OpenID Connect Back-Channel Logout 2.4: a logout token is told from an ID token by this claim.
        if (claims.TryGetProperty("events", out _))
        {
            return "id_token_type";
        }

        AnswerScope scope = new AnswerScope(provider).WithRoot(claims);
        scope.Add("id_token", claims);
        return IdTokenAudience.Fault(provider, claims)
            ?? (JwtTimes.Fault(claims, time.GetUtcNow()) is { } fault ? $"id_token_{fault}" : null)
            ?? (SubjectText.Of(claims, "sub") is null ? "id_token_subject_missing" : null)
            ?? (definition.Require.Values.All(condition => condition.Holds(scope)) ? null : "id_token_requirement");
    }

    private static string? FaultOfBinding(
        IdTokenDefinition definition, JsonElement claims, string? nonce, string? accessToken, bool isBare, JwtHeader header) =>
        !IdTokenBinding.HasNonce(claims, nonce, definition.Nonce, isBare) ? "nonce_mismatch"
        : !IdTokenBinding.HasAccessToken(claims, accessToken, header.Algorithm) ? "at_hash_mismatch"
        : null;
}

/// <summary>An ID token that holds.</summary>
/// <param name="Claims">What it claims.</param>
/// <param name="Replay">The mark that it leaves when it is taken by itself.</param>
internal sealed record ValidIdToken(JsonElement Claims, ReplayMark Replay)
{
    public override string ToString() => "ID token [redacted]";
}
