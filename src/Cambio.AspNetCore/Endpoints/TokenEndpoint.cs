using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Endpoints.Grants;
using Cambio.AspNetCore.Requests;
using Cambio.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>POST /auth/token</c>: the OAuth 2.0 token endpoint (RFC 6749 3.2).</summary>
internal static class TokenEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapPostDoor("/token", HandleAsync)
            .WithName("Token")
            .WithSummary("OAuth 2.0 token endpoint: redeems codes, refreshes our tokens, exchanges a provider's token for ours (RFC 6749, RFC 8693)")
            .WithMetadata(new RequestDescription(typeof(TokenForm), RequestDescription.Form))
            .Produces<TokenAnswer>()
            .ProducesOAuthRefusals(400, 401, 413, 415, 502, 503);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        [FromServices] IEnumerable<IGrant> grants,
        [FromServices] ClientGate gate,
        [FromServices] AuditTrail audit,
        CancellationToken cancellationToken)
    {
        Result<OAuthForm> form = await OAuthForm.ReadAsync(context, cancellationToken);
        if (!form.IsSuccess)
        {
            return new ErrorResponse(form.Error);
        }

        Result<string> type = form.Value.Require("grant_type");
        if (grants.FirstOrDefault(grant => grant.Type == type.Value) is not { } grant)
        {
            return new ErrorResponse(type.Error ?? ExchangeError.UnsupportedGrantType());
        }

        Result<Caller> caller = Admit(gate, form.Value, grant);
        if (!caller.IsSuccess)
        {
            audit.Refused(grant.Action, caller.Error, provider: null, grant.Type, form.Value.Address);
            return new ErrorResponse(caller.Error);
        }

        Result<TokenAnswer> answer = await grant.AnswerAsync(form.Value, caller.Value, cancellationToken);
        return answer.IsSuccess ? new JsonAnswer<TokenAnswer>(answer.Value, AnswerJson.Default.TokenAnswer) : new ErrorResponse(answer.Error);
    }

    private static Result<Caller> Admit(ClientGate gate, OAuthForm form, IGrant grant)
    {
        Result<Caller> caller = gate.Admit(form);
        return caller is { IsSuccess: true, Value.Client: { } client } && !client.MayGrant(grant.Type) ? ExchangeError.UnauthorizedClient() : caller;
    }
}
