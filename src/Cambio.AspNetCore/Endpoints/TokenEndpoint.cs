using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>POST /auth/token</c>: the OAuth 2.0 token endpoint (RFC 6749 3.2).</summary>
internal static class TokenEndpoint
{
    private const string RefreshTokenGrant = "refresh_token";

    public static IReadOnlyList<string> Grants { get; } = [RefreshTokenGrant];

    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapPostDoor("/token", HandleAsync)
            .WithName("Token")
            .WithSummary("OAuth 2.0 token endpoint: refreshes our own tokens")
            .WithMetadata(new RequestDescription(typeof(TokenForm), "application/x-www-form-urlencoded"))
            .Produces<TokenAnswer>()
            .Produces<OAuthError>(400)
            .Produces<OAuthError>(503);

    private static async Task<IResult> HandleAsync(
        HttpContext context, [FromServices] RefreshTokens tokens, [FromServices] AuditTrail audit, CancellationToken cancellationToken)
    {
        if (QueryCredential.In(context.Request) is { } leaked)
        {
            return new ErrorResponse(leaked);
        }

        Result<MemberSet> form = await RequestBody.ReadFormAsync(context.Request, cancellationToken);
        if (!form.IsSuccess)
        {
            return new ErrorResponse(form.Error);
        }

        Result<RefreshResult> result = Value(form.Value, "grant_type") switch
        {
            null => ExchangeError.InvalidRequest("grant_type is missing."),
            RefreshTokenGrant when Value(form.Value, "refresh_token") is { } token =>
                Audited(await tokens.RefreshAsync(token, cancellationToken), audit, CallerAddress.Of(context)),
            RefreshTokenGrant => ExchangeError.InvalidRequest("refresh_token is missing."),
            _ => ExchangeError.UnsupportedGrantType(),
        };
        return result.IsSuccess ? TokenAnswer.Of(result.Value.Token) : new ErrorResponse(result.Error);
    }

    private static Result<RefreshResult> Audited(Result<RefreshResult> result, AuditTrail audit, string? address)
    {
        if (result.IsSuccess)
        {
            (IssuedToken token, Account account) = result.Value;
            audit.Succeeded("refresh", "Refreshed", provider: null, RefreshTokenGrant, account.User.Id, token.SessionId, address);
        }
        else
        {
            audit.Refused("refresh", result.Error, provider: null, RefreshTokenGrant, address);
        }

        return result;
    }

    // RFC 6749 3.2: a parameter without a value counts as omitted.
    private static string? Value(MemberSet form, string name) => form.Find(name)?.Text is { Length: > 0 } value ? value : null;
}
