using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Telemetry;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambio.AspNetCore.Endpoints;

/// <summary><c>POST /auth/revoke</c>: ends what a token of ours stands for (RFC 7009), and never tells whether there was anything.</summary>
internal static class RevokeEndpoint
{
    public static void Map(IEndpointRouteBuilder doors) =>
        doors.MapPostDoor("/revoke", HandleAsync)
            .WithName("Revoke")
            .WithSummary("Revokes one of our tokens, and with it its session (RFC 7009)")
            .WithMetadata(new RequestDescription(typeof(PresentedTokenForm), RequestDescription.Form))
            .Produces<DoneAnswer>()
            .ProducesOAuthRefusals(400, 401, 413, 415, 503);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        [FromServices] TokenRevocation revocation,
        [FromServices] ClientGate gate,
        [FromServices] AuditTrail audit,
        CancellationToken cancellationToken)
    {
        Result<OAuthForm> form = await OAuthForm.ReadAsync(context, cancellationToken);
        if (!form.IsSuccess)
        {
            return new ErrorResponse(form.Error);
        }

        PendingAct.Begin(context, "revoke");
        Result<RevokedToken> revoked = await RevokeAsync(form.Value, gate, revocation, cancellationToken);
        if (!revoked.IsSuccess)
        {
            audit.Refused("revoke", revoked.Error, provider: null, credential: null, form.Value.Address);
            return new ErrorResponse(revoked.Error);
        }

        (string? user, string? session) = revoked.Value;
        audit.Succeeded("revoke", session is null ? "NothingToRevoke" : "Revoked", provider: null, credential: null, user, session, form.Value.Address);
        return new JsonAnswer<DoneAnswer>(new(), AnswerJson.Default.DoneAnswer);
    }

    private static async Task<Result<RevokedToken>> RevokeAsync(
        OAuthForm form, ClientGate gate, TokenRevocation revocation, CancellationToken cancellationToken)
    {
        Result<Caller> caller = gate.Identify(form);
        Result<string> token = form.Require("token");
        return !caller.IsSuccess ? caller.Error
            : !token.IsSuccess ? token.Error
            : await revocation.RevokeAsync(token.Value, caller.Value.Client?.Id, cancellationToken);
    }
}
