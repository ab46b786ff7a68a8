using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Requests;
using Cambio.Clients;
using Cambio.Telemetry;
using Cambio.Tokens;

namespace Cambio.AspNetCore.Endpoints.Grants;

/// <summary>Tokens for a one-time code of ours and the verifier that it is bound to (RFC 6749 4.1.3, RFC 7636 4.5).</summary>
internal sealed class AuthorizationCodeGrant(AuthorizationCodes codes, Interruptions interruptions, AuditTrail audit) : IGrant
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
            : await RedeemAsync(code.Value, verifier.Value, form, caller.Client, cancellationToken);
        return audit.Report(this, "Redeemed", result, form.Address);
    }

    private async Task<Result<TokenGrant>> RedeemAsync(string code, string verifier, OAuthForm form, Client? client, CancellationToken cancellationToken)
    {
        var use = new CodeUse(verifier, form["redirect_uri"], client?.Id, client is null ? null : client.MayUse);
        Result<TokenGrant> result = await codes.RedeemAsync(code, use, cancellationToken);
        TicketBinding binding = TicketBinding.Of(form.Context, client);
        if (result.Error is { Ticket: not null } interruption)
        {
            // Until now it was good for nobody: only who shows the verifier gets to know what it is bound to.
            result = interruptions.Rebind(interruption, HeldExchange.BindingOf(Pkce.Challenge(verifier)), binding.Text);
        }

        binding.Settle(result.Error);
        return result;
    }
}
