using Cambio.AspNetCore.Answers;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Bearer;

/// <summary>Our bearer scheme: our tokens, judged by the core; refusals as RFC 6750 3 has them, with a body that says so.</summary>
internal sealed class BearerSetup(AccessTokenValidator validator) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options)
    {
    }

    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name != CambioAuthentication.Scheme)
        {
            return;
        }

        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new AccessTokenHandler(validator));
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.Events = new JwtBearerEvents { OnChallenge = ChallengeAsync };
    }

    private static Task ChallengeAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        ExchangeError error = context.AuthenticateFailure switch
        {
            null => ExchangeError.InvalidToken(ErrorResponse.BearerMissing),
            StoreUnavailableException => ExchangeError.TemporarilyUnavailable("store_unavailable"),
            _ => ExchangeError.InvalidToken("bearer_refused"),
        };
        return new ErrorResponse(error).ExecuteAsync(context.HttpContext);
    }
}
