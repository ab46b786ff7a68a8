using Cambio.AspNetCore.Cookies;
using Cambio.AspNetCore.Endpoints;
using Cambio.AspNetCore.Requests;
using Cambio.Credentials;
using Cambio.Storage;
using Cambio.Tokens;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Redirect;

/// <summary>What a redirect comes to: the provider's code walks through the corridor, and what that made goes to the front end.</summary>
internal sealed class RedirectEnd(TokenExchange exchange, AuthorizationCodes codes, SessionCookies sessions)
{
    public async Task<Landing> EndAsync(AuthorizationCode code, RedirectState state, HttpContext context, CancellationToken cancellationToken)
    {
        CodeBinding? binding = BindingOf(state);
        PendingAct.End(context);
        Result<ExchangeResult> result = await exchange.ExchangeAsync(
            new ExchangeRequest
            {
                Provider = state.Provider,
                Credential = code,
                CurrentUser = state.LinkUser is { } user ? new UserRef(user) : null,
                Handover = binding is null ? Handover.Session : Handover.ByCode(binding),
                Binding = binding is null ? null : HeldExchange.BindingOf(binding.CodeChallenge),
                UserAgent = CallerAddress.AgentOf(context),
                Address = CallerAddress.Of(context),
            },
            cancellationToken);
        if (!result.IsSuccess)
        {
            return await FailAsync(result.Error, binding, state, cancellationToken);
        }

        if (result.Value.Session is { } session)
        {
            await sessions.SignInAsync(context, result.Value.Account, session);
        }

        return Landing.Arrive(state, result.Value.Code);
    }

    private static CodeBinding? BindingOf(RedirectState state) => state.Mode == RedirectMode.Cookie
        ? null
        : new CodeBinding(state.CodeChallenge ?? throw new InvalidOperationException("A redirect that ends in a code was begun without a challenge."), state.ReturnUrl);

    // A ticket is too long for an address, and too much for one: whoever shows the verifier gets it.
    private async Task<Landing> FailAsync(ExchangeError error, CodeBinding? binding, RedirectState state, CancellationToken cancellationToken)
    {
        if (binding is null || error.Ticket is not { } ticket)
        {
            return Landing.Fail(state, error);
        }

        var held = new HeldExchange
        {
            Provider = state.Provider,
            Ticket = ticket,
            Requires = error.Requires,
            Description = error.Description,
            TermsVersion = error.TermsVersion,
            CodeChallenge = binding.CodeChallenge,
        };
        Result<string> code = await codes.HoldAsync(held, binding, cancellationToken);
        return code.IsSuccess ? Landing.Arrive(state, code.Value) : Landing.Fail(state, code.Error);
    }
}
