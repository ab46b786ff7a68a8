using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Clients;
using Cambio.Telemetry;
using Cambio.Tokens;

namespace Cambio.AspNetCore.Endpoints.Grants;

/// <summary>New tokens of a session for its refresh token (RFC 6749 6).</summary>
internal sealed class RefreshTokenGrant(RefreshTokens tokens, AuditTrail audit) : IGrant
{
    public string Type => GrantTypes.RefreshToken;

    public string Action => "refresh";

    public async Task<Result<TokenAnswer>> AnswerAsync(OAuthForm form, Caller caller, CancellationToken cancellationToken)
    {
        PendingAct.Begin(form.Context, Action);
        Result<string> token = form.Require("refresh_token");
        Result<TokenGrant> result = !token.IsSuccess ? token.Error
            : await tokens.RefreshAsync(token.Value, caller.Client?.Id, cancellationToken);
        return audit.Report(this, "Refreshed", result, form.Address);
    }
}
