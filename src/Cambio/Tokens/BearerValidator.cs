using Cambio.Storage;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tokens;

/// <summary>Judges the bearer of a call: a JWT of ours, or an API token where those are in use; and its session where the settings ask for that.</summary>
internal sealed class BearerValidator(AccessTokenValidator jwts, ApiTokenValidator apiTokens, SessionWatch watch, IOptions<CambioOptions> options)
{
    private readonly bool takesApiTokens = options.Value.Tokens.Kind == TokenKind.Opaque;

    /// <summary>The judgement. Whatever the text holds, it is never an exception.</summary>
    /// <param name="text">What was presented.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    /// <param name="watched">False where the session is looked up anyway.</param>
    /// <exception cref="StoreUnavailableException">The store has to be asked, and cannot serve.</exception>
    public Task<TokenValidationResult> ValidateAsync(string text, CancellationToken cancellationToken, bool watched = true) =>
        takesApiTokens && TokenSecret.HasApiTokenForm(text) ? apiTokens.ValidateAsync(text, cancellationToken)
        : watched && watch.IsOn ? WatchedAsync(text, cancellationToken)
        : jwts.ValidateAsync(text, cancellationToken);

    private async Task<TokenValidationResult> WatchedAsync(string text, CancellationToken cancellationToken)
    {
        TokenValidationResult result = await jwts.ValidateAsync(text, cancellationToken);
        return !result.IsValid
            || (result.SecurityToken is JsonWebToken jwt
                && jwt.TryGetPayloadValue(JwtRegisteredClaimNames.Sid, out string sessionId)
                && await watch.IsGoodAsync(sessionId, cancellationToken))
            ? result
            : new TokenValidationResult { Exception = new SecurityTokenException("The session has ended.") };
    }
}
