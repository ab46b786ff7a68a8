using System.Text;
using System.Text.Json;
using Cambio.Providers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Credentials;

/// <summary>Validates JWTs that a provider signed: first all that costs nothing, the signature last. Nothing is believed before.</summary>
internal sealed class JwtValidator(SigningKeys keys)
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    // Settings may change: no secret outlives them in a cache.
    private static readonly CryptoProviderFactory Uncached = new() { CacheSignatureProviders = false };

    /// <summary>Validates one.</summary>
    /// <param name="provider">Who is said to have issued it.</param>
    /// <param name="token">The compact JWS.</param>
    /// <param name="rules">What it is.</param>
    /// <param name="fault">The private reason why claims do not hold, issuer, audience and times among them; null when they do.</param>
    /// <param name="cancellationToken">Ends a call for keys.</param>
    public async Task<Result<CompactJws>> ValidateAsync(
        Provider provider, string token, JwtRules rules, Func<JsonElement, JwtHeader, string?> fault, CancellationToken cancellationToken)
    {
        if (CompactJws.TryParse(token) is not { } jws)
        {
            return ExchangeError.InvalidGrant($"{rules.Name}_malformed");
        }

        if (JwtHeader.TryRead(jws.Header, rules, provider, out string reason) is not { } header)
        {
            return ExchangeError.InvalidGrant(reason);
        }

        if (fault(jws.Payload, header) is { } broken)
        {
            return ExchangeError.InvalidGrant(broken);
        }

        // RFC 8725 3.1: the algorithm decides which key is looked at; a public key never meets HS256, nor the secret anything else.
        Result<SecurityKey> key = header.Algorithm == SignatureAlgorithm.Shared ? Secret(provider) : await keys.FindAsync(provider, rules.JwksUri, header, jws.Payload, cancellationToken);
        return !key.IsSuccess ? key.Error
            : await IsSignedAsync(token, key.Value, header.Algorithm) ? jws
            : ExchangeError.InvalidGrant($"{rules.Name}_signature");
    }

    private static SecurityKey Secret(Provider provider) =>
        new SymmetricSecurityKey(Encoding.UTF8.GetBytes(provider.ClientSecret!)) { CryptoProviderFactory = Uncached };

    // One key, one algorithm, both chosen here: the header only said which of the provider's own keys to take.
    private static async Task<bool> IsSignedAsync(string token, SecurityKey key, string algorithm)
    {
        TokenValidationResult result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeyResolver = (_, _, _, _) => [key],
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = [algorithm],

            // Issuer, audience and times are judged before, by the definition and the application's clock; the library knows neither.
            IssuerValidator = (issuer, _, _) => issuer,
            AudienceValidator = (_, _, _) => true,
            LifetimeValidator = (_, _, _, _) => true,
        });
        return result.IsValid;
    }
}
