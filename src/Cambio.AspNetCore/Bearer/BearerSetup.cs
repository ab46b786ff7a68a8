using Cambio.AspNetCore.Answers;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Bearer;

/// <summary>Our bearer scheme: our tokens, judged by the core; refusals as RFC 6750 3 has them, with a body that says so.</summary>
internal sealed class BearerSetup(BearerValidator validator) : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <summary>The scheme of our own doors: the same tokens, but their sessions are looked up by the doors themselves.</summary>
    public const string DoorScheme = $"{CambioAuthentication.Scheme}.Doors";

    public void Configure(JwtBearerOptions options)
    {
    }

    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name is not (CambioAuthentication.Scheme or DoorScheme))
        {
            return;
        }

        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new AccessTokenHandler(validator, watched: name == CambioAuthentication.Scheme));
        if (name == CambioAuthentication.Scheme)
        {
            // An application's UseAuthentication judges every bearer by this scheme; at our doors once is enough.
            options.ForwardDefaultSelector = static context => context.GetEndpoint()?.Metadata.GetMetadata<SignedInDoor>() is null ? null : DoorScheme;
        }

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
