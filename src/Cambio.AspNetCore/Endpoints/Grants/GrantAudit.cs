using Cambio.AspNetCore.Answers;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Tokens;

namespace Cambio.AspNetCore.Endpoints.Grants;

/// <summary>The audit event of a grant that does not walk the corridor, and its answer.</summary>
internal static class GrantAudit
{
    public static Result<TokenAnswer> Report(this AuditTrail audit, IGrant grant, string done, Result<TokenGrant> result, string? address)
    {
        if (!result.IsSuccess)
        {
            audit.Refused(grant.Action, result.Error, provider: null, grant.Type, address);
            return result.Error;
        }

        (IssuedToken token, Account account) = result.Value;
        audit.Succeeded(grant.Action, done, provider: null, grant.Type, account.User.Id, token.SessionId, address);
        return TokenAnswer.Of(token) with { IsNewUser = result.Value.IsNewUser };
    }
}
