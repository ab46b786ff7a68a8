using Cambio.AspNetCore.Answers;
using Cambio.AspNetCore.Cookies;
using Cambio.AspNetCore.Redirect;
using Cambio.AspNetCore.Requests;
using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Telemetry;
using Cambio.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cambio.AspNetCore.Endpoints;

/// <summary>
/// What a callback goes through before the exchange: it answers a redirect of this browser, for the first time, and with a code. One that
/// does not is refused here; from then on the browser goes back to the front end, whatever comes of it.
/// </summary>
internal sealed class CallbackCall(
    ProviderRegistry providers,
    StateCookies states,
    SessionCookies sessions,
    SingleUse uses,
    ReturnUrls urls,
    AuthorizationResponses responses,
    RedirectEnd end,
    AuditTrail audit,
    ILogger<CallbackCall> logger)
{
    private static readonly ExchangeError Spent = ExchangeError.InvalidState(
        "state_spent", "This callback was answered before: its page was reloaded or its address opened twice. Begin again at the start address.");

    private static readonly ExchangeError OfAnotherUser = ExchangeError.InvalidState(
        "link_of_another_user", "The browser is no longer signed in as the user who began to link: somebody signed out or in meanwhile.");

    private static readonly ExchangeError Unlisted = ExchangeError.InvalidRequest(
        "The address to return to is no longer an allowed one; start again.", "return_url_not_listed");

    public async Task<IResult> AnswerAsync(string id, HttpContext context, CancellationToken cancellationToken)
    {
        Result<Provider> provider = providers.Find(id);
        PendingAct.Begin(context, "callback", provider.Value?.Id);
        if (!provider.IsSuccess)
        {
            return Refuse(provider.Error, null, context);
        }

        Result<Dictionary<string, string>> parameters = await CallbackReader.ReadAsync(context.Request, cancellationToken);
        if (!parameters.IsSuccess)
        {
            return Refuse(parameters.Error, provider.Value, context);
        }

        Result<RedirectState> state = states.Find(context, provider.Value.Id, parameters.Value.GetValueOrDefault("state"));
        return state.IsSuccess
            ? await AnswerAsync(provider.Value, parameters.Value, state.Value, context, cancellationToken)
            : Refuse(state.Error, provider.Value, context);
    }

    private async Task<IResult> AnswerAsync(
        Provider provider, Dictionary<string, string> parameters, RedirectState state, HttpContext context, CancellationToken cancellationToken)
    {
        states.Forget(context, state);
        bool listed = state.Mode == RedirectMode.Popup ? urls.AllowsOrigin(state.ReturnUrl) : urls.Allows(state.ReturnUrl);
        if (listed)
        {
            // Should it break from here on, DoorFilter sends the browser back all the same.
            context.Features.Set(state);
        }

        // Spent before anybody is called and whatever comes of it, so that no code goes out twice (RFC 9700 4.7.1).
        bool isFirst = await uses.TrySpendAsync($"state:{state.State}", state.ExpiresAt, cancellationToken);
        Result<AuthorizationCode> code = !listed ? Unlisted
            : !isFirst ? Spent
            : !await IsTheUsersAsync(state, context, cancellationToken) ? OfAnotherUser
            : await responses.ReadAsync(provider, parameters, new(state.RedirectUri, state.Nonce, state.CodeVerifier), cancellationToken);
        if (code.IsSuccess)
        {
            return await end.EndAsync(code.Value, state, context, cancellationToken);
        }

        // A foreign issuer, or a token in place of a code, is no answer to what we asked (RFC 9207 2.4).
        ErrorResponse refusal = Refuse(code.Error, provider, context);
        return code.Error.Code is ErrorCodes.InvalidState or ErrorCodes.InvalidRequest ? refusal : Landing.Fail(state, code.Error);
    }

    // A link that ends in a cookie is tied at once, so the session must still be the user's who began. A form brings no session cookie across
    // sites, and none without an antiforgery token: start begins no such link at a provider that answers by one.
    private async Task<bool> IsTheUsersAsync(RedirectState state, HttpContext context, CancellationToken cancellationToken) =>
        state is not { Mode: RedirectMode.Cookie, LinkUser: { } user } || await sessions.FindUserAsync(context, cancellationToken) == user;

    private ErrorResponse Refuse(ExchangeError error, Provider? provider, HttpContext context)
    {
        audit.Refused("callback", error, provider?.Id, credential: null, CallerAddress.Of(context));
        if (error.Code == ErrorCodes.InvalidState)
        {
            DoorLog.StateRefused(logger, error.Reason, error.Hint);
        }

        return new ErrorResponse(error);
    }
}
