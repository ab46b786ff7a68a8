using System.Text.Json;
using Cambio.Providers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Credentials;

/// <summary>Validates ID tokens (OpenID Connect Core 3.1.3.7): first all that costs nothing, the signature last. Nothing is believed before.</summary>
internal sealed class IdTokenValidator(SigningKeys keys, TimeProvider time)
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

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
        if (CompactJws.TryParse(token) is not { } jws)
        {
            return ExchangeError.InvalidGrant("id_token_malformed");
        }

        if (IdTokenHeader.TryRead(jws.Header, definition, out string fault) is not { } header)
        {
            return ExchangeError.InvalidGrant(fault);
        }

        if ((FaultOfClaims(provider, definition, jws.Payload) ?? FaultOfBinding(definition, jws.Payload, nonce, accessToken, isBare, header)) is { } reason)
        {
            return ExchangeError.InvalidGrant(reason);
        }

        Result<SecurityKey> key = await keys.FindAsync(provider, header, cancellationToken);
        if (!key.IsSuccess)
        {
            return key.Error;
        }

        return await IsSignedAsync(token, key.Value, provider, header.Algorithm, jws.Payload)
            ? new ValidIdToken(jws.Payload, IdTokenBinding.Mark(provider, jws))
            : ExchangeError.InvalidGrant("id_token_signature");
    }

    private string? FaultOfClaims(Provider provider, IdTokenDefinition definition, JsonElement claims)
    {
        if (!IdTokenIssuer.Accepts(provider, definition, claims))
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
            ?? IdTokenTimes.Fault(claims, time.GetUtcNow())
            ?? (SubjectText.Of(claims, "sub") is null ? "id_token_subject_missing" : null)
            ?? (definition.Require.Values.All(condition => condition.Holds(scope)) ? null : "id_token_requirement");
    }

    private static string? FaultOfBinding(
        IdTokenDefinition definition, JsonElement claims, string? nonce, string? accessToken, bool isBare, IdTokenHeader header) =>
        !IdTokenBinding.HasNonce(claims, nonce, definition.Nonce, isBare) ? "nonce_mismatch"
        : !IdTokenBinding.HasAccessToken(claims, accessToken, header.Algorithm) ? "at_hash_mismatch"
        : null;

    // One key, one algorithm, both chosen here: the header only said which of the provider's own keys to take.
    private static async Task<bool> IsSignedAsync(string token, SecurityKey key, Provider provider, string algorithm, JsonElement claims)
    {
        TokenValidationResult result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeyResolver = (_, _, _, _) => [key],
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = [algorithm],
            ValidIssuer = claims.GetProperty("iss").GetString(),
            ValidAudiences = provider.Audiences,
            RequireExpirationTime = true,

            // The times are judged above, by the application's clock; the library knows only the machine's.
            LifetimeValidator = (_, expires, _, _) => expires is not null,
        });
        return result.IsValid;
    }
}

/// <summary>An ID token that holds.</summary>
/// <param name="Claims">What it claims.</param>
/// <param name="Replay">The mark that it leaves when it is taken by itself.</param>
internal sealed record ValidIdToken(JsonElement Claims, ReplayMark Replay)
{
    public override string ToString() => "ID token [redacted]";
}
