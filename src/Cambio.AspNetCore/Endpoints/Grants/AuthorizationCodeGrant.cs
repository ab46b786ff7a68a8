using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Clients;
using Cambio.Telemetry;
using Cambio.Tokens;

namespace Cambio.AspNetCore.Endpoints.Grants;

/// <summary>Tokens for a one-time code of ours and the verifier that it is bound to (RFC 6749 4.1.3, RFC 7636 4.5).</summary>
internal sealed class AuthorizationCodeGrant(AuthorizationCodes codes, AuditTrail audit) : IGrant
{
    public string Type => GrantTypes.AuthorizationCode;

    public string Action => "redeem";

    public async Task<Result<TokenAnswer>> AnswerAsync(OAuthForm form, Caller caller, CancellationToken cancellationToken)
    {
        PendingAct.Begin(form.Context, Action);
        Result<string> code = form.Require("code");
        Result<string> verifier = form.Require("code_verifier");
        Result<TokenGrant> result = !code.IsSuccess ? code.Error
            : !verifier.IsSuccess ? verifier.Error
            : await codes.RedeemAsync(code.Value, verifier.Value, form["redirect_uri"], caller.Client?.Id, cancellationToken);
        return audit.Report(this, "Redeemed", result, form.Address);
    }
}
