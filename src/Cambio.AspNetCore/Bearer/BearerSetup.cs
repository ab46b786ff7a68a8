using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Cookies;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore.Bearer;

/// <summary>Our bearer scheme: our tokens, judged by the core; refusals as RFC 6750 3 has them, with a body that says so. Calls by session cookie go to its scheme.</summary>
internal sealed class BearerSetup(BearerValidator validator, SessionCookies cookies) : IConfigureNamedOptions<JwtBearerOptions>
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
        options.ForwardDefaultSelector = context =>
            cookies.AreUsed(context) ? CambioAuthentication.CookieScheme

            // An application's UseAuthentication judges every bearer by the first scheme; at our doors once is enough.
            : name == CambioAuthentication.Scheme && context.GetEndpoint()?.Metadata.GetMetadata<SignedInDoor>() is not null ? DoorScheme
            : null;
        options.ForwardChallenge = name;
        options.ForwardForbid = name;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.Events = new JwtBearerEvents { OnChallenge = ChallengeAsync };
    }

    private static Task ChallengeAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        ExchangeError error = context.AuthenticateFailure switch
        {
            null => context.HttpContext.Features.Get<CookieRefusal>()?.Error ?? ExchangeError.InvalidToken(ErrorResponse.BearerMissing),
            StoreUnavailableException => ExchangeError.TemporarilyUnavailable("store_unavailable"),
            _ => ExchangeError.InvalidToken("bearer_refused"),
        };
        return new ErrorResponse(error).ExecuteAsync(context.HttpContext);
    }
}
