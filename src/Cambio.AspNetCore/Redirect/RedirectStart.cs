using System.Security.Cryptography;
using Cambio.AspNetCore.Cookies;
using Cambio.Credentials;
using Cambio.Providers;
using Cambio.Tokens;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Redirect;

/// <summary>Begins a redirect flow: judges what the front end asks, gives the browser the state to keep, and says where it goes. Nothing is stored but that a link ticket was spent.</summary>
internal sealed class RedirectStart(
    ReturnUrls urls,
    DoorAddress doors,
    StateCookies cookies,
    LinkTickets tickets,
    SessionCookies sessions,
    AuthorizationRequests requests,
    TimeProvider time)
{
    private const int StateDigits = 64;
    private const int SecretBits = 256;

    /// <summary>The provider's address with our request; the browser has the state when it is a success.</summary>
    public async Task<Result<string>> BeginAsync(Provider provider, HttpContext context, CancellationToken cancellationToken)
    {
        if (AuthorizationRequests.Refusal(provider) is { } refusal)
        {
            return refusal;
        }

        Result<StartParameters> read = StartParameters.Read(context.Request, urls);
        if (!read.IsSuccess)
        {
            return read.Error;
        }

        StartParameters asked = read.Value;
        if (AuthorizationRequests.Unlisted(provider, asked.Scope).Any())
        {
            return ExchangeError.InvalidRequest(
                $"scope holds one that a single sign-in may not add: the operator lists those that it may (Cambio:Providers:{provider.Id}:ExtraScope).", "scope_not_listed");
        }

        if (asked.LinkTicket is not { } text)
        {
            return await SendAsync(provider, asked, ticket: null, context, cancellationToken);
        }

        if (asked.Mode == RedirectMode.Cookie && PostsAcrossSites(provider))
        {
            return ExchangeError.InvalidRequest(
                "This provider answers by a form, with which no session cookie comes: link with mode=code, and finish at POST /auth/{provider}/link.", "link_by_form_and_cookie");
        }

        Result<LinkTicket> ticket = await OpenAsync(text, provider, asked.Mode, context, cancellationToken);
        return ticket.IsSuccess ? await SendAsync(provider, asked, ticket.Value, context, cancellationToken) : ticket.Error;
    }

    // In cookie mode the callback links at once, so the browser must be the user's own: a ticket in a link would tie whoever follows it to its user.
    private async Task<Result<LinkTicket>> OpenAsync(
        string text, Provider provider, RedirectMode mode, HttpContext context, CancellationToken cancellationToken)
    {
        Result<LinkTicket> ticket = await tickets.OpenAsync(text, provider.Id, cancellationToken);
        return ticket.IsSuccess && mode == RedirectMode.Cookie && await sessions.FindUserAsync(context, cancellationToken) != ticket.Value.User
            ? LinkTickets.Refuse("link_ticket_of_another_user")
            : ticket;
    }

    private async Task<Result<string>> SendAsync(
        Provider provider, StartParameters asked, LinkTicket? ticket, HttpContext context, CancellationToken cancellationToken)
    {
        RedirectState state = StateOf(provider, asked, ticket);
        Result<string> address = await requests.BuildAsync(provider, ParametersOf(asked, state), cancellationToken);
        if (!address.IsSuccess)
        {
            return address.Error;
        }

        if (cookies.Keep(context, state, PostsAcrossSites(provider)) is { } tooLong)
        {
            return tooLong;
        }

        if (ticket is not null && await tickets.SpendAsync(ticket, cancellationToken) is { } spent)
        {
            cookies.Forget(context, state);
            return spent;
        }

        return address.Value;
    }

    private static bool PostsAcrossSites(Provider provider) => provider.Definition.Authorization.ResponseMode == "form_post";

    private RedirectState StateOf(Provider provider, StartParameters asked, LinkTicket? ticket) => new()
    {
        State = RandomNumberGenerator.GetHexString(StateDigits, lowercase: true),
        Provider = provider.Id,
        Mode = asked.Mode,

        // One for each provider, so that none can pass for another (RFC 9700 4.4.2.2).
        RedirectUri = doors.Of($"/{provider.Id}/callback"),
        Nonce = AuthorizationRequests.TakesNonce(provider) ? RandomText.Of(SecretBits) : null,
        CodeVerifier = AuthorizationRequests.TakesPkce(provider) ? RandomText.Of(SecretBits) : null,
        ReturnUrl = asked.ReturnUrl,
        FrontEndState = asked.State,
        CodeChallenge = asked.CodeChallenge,
        LinkUser = ticket?.User,
        ExpiresAt = time.GetUtcNow() + RedirectState.Lifetime,
    };

    private static AuthorizationParameters ParametersOf(StartParameters asked, RedirectState state) => new()
    {
        RedirectUri = state.RedirectUri,
        State = state.State,
        Nonce = state.Nonce,
        CodeChallenge = state.CodeVerifier is { } verifier ? Pkce.Challenge(verifier) : null,
        LoginHint = asked.LoginHint,
        Prompt = asked.Prompt,
        UiLocales = asked.UiLocales,
        ExtraScope = asked.Scope,
    };
}
