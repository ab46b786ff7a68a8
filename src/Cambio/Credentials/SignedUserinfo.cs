using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>Reads a userinfo answer that is a JWT (OpenID Connect Core 5.3.2). An encrypted one is not three parts, and refused.</summary>
internal sealed class SignedUserinfo(JwtValidator jwts, TimeProvider time)
{
    /// <summary>The claims.</summary>
    public async Task<Result<JsonElement>> ReadAsync(Provider provider, JsonElement answer, CancellationToken cancellationToken)
    {
        // Claims that came without a signature are not the ones that were asked for.
        if (answer.ValueKind != JsonValueKind.String || provider.Definition.IdToken is not { } definition)
        {
            return ExchangeError.ProviderError("provider_answer_unexpected");
        }

        Result<CompactJws> valid = await jwts.ValidateAsync(
            provider, JsonText.Of(answer)!, JwtRules.Userinfo(definition), (claims, _) => Fault(provider, definition, claims), cancellationToken);
        return valid.IsSuccess ? valid.Value.Payload : valid.Error;
    }

    // Issuer, audience and times may be left out; what is there must be right.
    private string? Fault(Provider provider, IdTokenDefinition definition, JsonElement claims) =>
        claims.TryGetProperty("iss", out _) && !JwtIssuer.Accepts(provider, definition.Issuers, claims) ? "issuer_mismatch"
        : claims.TryGetProperty("aud", out JsonElement audience) && !IdTokenAudience.Names(provider, audience) ? "audience_mismatch"
        : JwtTimes.Fault(claims, time.GetUtcNow(), mustEnd: false) is { } fault ? $"userinfo_{fault}"
        : null;
}
