namespace Cambio;

/// <summary>A refusal: what the caller may know, and apart from it the private reason that only logs and the audit event carry.</summary>
public sealed record ExchangeError
{
    private ExchangeError(string code, string description, string reason)
    {
        Code = code;
        Description = description;
        Reason = reason;
    }

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>A sentence for the developer who called; the same for all bad credentials.</summary>
    public string Description { get; }

    /// <summary>The private reason, a snake_case word such as <c>audience_mismatch</c>. Holds no token, secret or e-mail.</summary>
    public string Reason { get; }

    /// <summary>When to come back, for <c>temporarily_unavailable</c> and <c>too_many_requests</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the operator should look at, in sentences; answered in Development alone.</summary>
    public string? Hint { get; init; }

    /// <summary>The ticket of an interrupted exchange, for <c>interaction_required</c>.</summary>
    public string? Ticket { get; init; }

    /// <summary>What the user has to supply, for <c>interaction_required</c>.</summary>
    public string? Requires { get; init; }

    /// <summary>The version of the terms to accept, where <see cref="Requires"/> is <c>terms</c>.</summary>
    public string? TermsVersion { get; init; }

    /// <summary>Code and private reason; a ticket is a secret.</summary>
    public override string ToString() => $"{Code} ({Reason})";

    /// <summary>400 <c>invalid_request</c>.</summary>
    /// <param name="description">Says what is wrong with the request and how to mend it.</param>
    /// <param name="reason">The private reason.</param>
    public static ExchangeError InvalidRequest(string description, string reason = "malformed_request") =>
        new(ErrorCodes.InvalidRequest, description, reason);

    /// <summary>400 <c>invalid_grant</c>: the one body that all bad credentials share.</summary>
    /// <param name="reason">The private reason.</param>
    public static ExchangeError InvalidGrant(string reason) =>
        new(ErrorCodes.InvalidGrant, "The credential is invalid, expired or was not issued to this application.", reason);

    /// <summary>400 <c>invalid_state</c>: the one body of all callbacks that do not belong to a sign-in of this browser.</summary>
    /// <param name="reason">The private reason.</param>
    /// <param name="hint">What the operator should look at.</param>
    public static ExchangeError InvalidState(string reason, string? hint = null) =>
        new(ErrorCodes.InvalidState, "This sign-in was not begun in this browser, has been used, or took too long. Start it again.", reason) { Hint = hint };

    /// <summary>400 <c>unsupported_grant_type</c>.</summary>
    public static ExchangeError UnsupportedGrantType() =>
        new(ErrorCodes.UnsupportedGrantType, "The token endpoint does not support this grant_type.", "unsupported_grant_type");

    /// <summary>400 <c>unauthorized_client</c>.</summary>
    public static ExchangeError UnauthorizedClient() =>
        new(ErrorCodes.UnauthorizedClient, "This client may not use this grant_type.", "grant_not_allowed_for_client");

    /// <summary>400 <c>invalid_target</c>.</summary>
    public static ExchangeError InvalidTarget() =>
        new(ErrorCodes.InvalidTarget, "Tokens are issued for this API alone: leave audience and resource out.", "foreign_target");

    /// <summary>400 <c>invalid_scope</c>.</summary>
    public static ExchangeError InvalidScope() =>
        new(ErrorCodes.InvalidScope, "Tokens are issued without scopes: leave scope out.", "scope_requested");

    /// <summary>401 <c>invalid_client</c>: the one body that all failed clients share.</summary>
    /// <param name="reason">The private reason.</param>
    public static ExchangeError InvalidClient(string reason) =>
        new(ErrorCodes.InvalidClient, "Client authentication failed: send the id and the secret of a client that is registered here.", reason);

    /// <summary>401 <c>invalid_token</c>.</summary>
    /// <param name="reason">The private reason.</param>
    public static ExchangeError InvalidToken(string reason) =>
        new(ErrorCodes.InvalidToken, "The access token is missing, expired or invalid.", reason);

    /// <summary>403 <c>access_denied</c>.</summary>
    /// <param name="reason">The private reason.</param>
    public static ExchangeError AccessDenied(string reason) =>
        new(ErrorCodes.AccessDenied, "This account may not sign in here.", reason);

    /// <summary>403 <c>access_denied</c>, for a sign-in that ended at the provider.</summary>
    /// <param name="reason">The private reason.</param>
    internal static ExchangeError DeniedAtProvider(string reason = "denied_at_provider") =>
        new(ErrorCodes.AccessDenied, "The sign-in was cancelled or refused at the provider.", reason);

    /// <summary>403 <c>access_denied</c>, for a call by session cookie that another site may have made.</summary>
    /// <param name="address">Where the token is to be had.</param>
    /// <param name="header">What to send it in.</param>
    internal static ExchangeError AntiforgeryMissing(string address, string header) => new(
        ErrorCodes.AccessDenied,
        $"A call by session cookie that may change something needs an antiforgery token: get one from GET {address} and send it in the header {header}.",
        "antiforgery_missing");

    /// <summary>403 <c>access_denied</c>, for a confidential client that may not use the provider. Nobody was asked.</summary>
    internal static ExchangeError ProviderNotAllowed() => new(
        ErrorCodes.AccessDenied,
        "This client may not exchange credentials of this provider; the operator decides which it may (Cambio:Clients:{id}:Providers).",
        "provider_not_allowed_for_client");

    /// <summary>403 <c>signup_disabled</c>.</summary>
    public static ExchangeError SignupDisabled() =>
        new(ErrorCodes.SignupDisabled, "No account is linked to this identity, and new accounts are not opened.", "signup_disabled");

    /// <summary>403 <c>credential_not_accepted</c>.</summary>
    /// <param name="description">Says which kinds the provider takes.</param>
    /// <param name="reason">The private reason, for example <c>no_audience_proof</c>.</param>
    public static ExchangeError CredentialNotAccepted(string description, string reason) =>
        new(ErrorCodes.CredentialNotAccepted, description, reason);

    /// <summary>404 <c>unknown_provider</c>.</summary>
    public static ExchangeError UnknownProvider() =>
        new(ErrorCodes.UnknownProvider, "No provider with this id is enabled. GET /auth/providers lists those that are.", "unknown_provider");

    /// <summary>404 <c>not_found</c>.</summary>
    /// <param name="reason">The private reason.</param>
    public static ExchangeError NotFound(string reason) =>
        new(ErrorCodes.NotFound, "Nothing stands at this address.", reason);

    /// <summary>409 <c>link_required</c>.</summary>
    /// <param name="reason">The private reason.</param>
    public static ExchangeError LinkRequired(string reason) =>
        new(ErrorCodes.LinkRequired, "An account with this e-mail address exists. Sign in to it the way you did before, then link this identity.", reason);

    /// <summary>409 <c>identity_in_use</c>.</summary>
    public static ExchangeError IdentityInUse() =>
        new(ErrorCodes.IdentityInUse, "This identity is already linked to another account.", "identity_in_use");

    /// <summary>409 <c>last_login_method</c>.</summary>
    public static ExchangeError LastLoginMethod() =>
        new(ErrorCodes.LastLoginMethod, "This is the last way to sign in to the account. Link another identity first.", "last_login_method");

    /// <summary>409 <c>interaction_required</c>.</summary>
    /// <param name="requires">What the user has to supply, a snake_case word that the front end knows.</param>
    /// <param name="description">Says what to send back beside the ticket.</param>
    public static ExchangeError InteractionRequired(
        string requires, string description = "The sign-in needs something from the user; send the ticket back with it.") =>
        new(ErrorCodes.InteractionRequired, description, "interaction_required") { Requires = requires };

    /// <summary>409 <c>interaction_required</c>, for a link that waits for the front end that began it. Nothing is required of the user.</summary>
    /// <param name="ticket">Holds the proven identity.</param>
    internal static ExchangeError LinkHeld(string ticket) => new(
        ErrorCodes.InteractionRequired, "The identity is proven; the front end that began the link finishes it with link_code.", "link_held") { Ticket = ticket };

    /// <summary>429 <c>too_many_requests</c>.</summary>
    /// <param name="reason">The private reason.</param>
    /// <param name="retryAfter">When to come back.</param>
    public static ExchangeError TooManyRequests(string reason, TimeSpan retryAfter) =>
        new(ErrorCodes.TooManyRequests, "Too many requests; wait as Retry-After says.", reason) { RetryAfter = retryAfter };

    /// <summary>500 <c>server_error</c>: a fault of ours, told in the log alone.</summary>
    /// <param name="reason">The private reason.</param>
    public static ExchangeError ServerError(string reason = "unexpected_exception") =>
        new(ErrorCodes.ServerError, "Something went wrong here; the log tells what, under this trace_id.", reason);

    /// <summary>502 <c>provider_error</c>.</summary>
    /// <param name="reason">The private reason.</param>
    public static ExchangeError ProviderError(string reason) =>
        new(ErrorCodes.ProviderError, "The provider gave an answer that cannot be understood.", reason);

    /// <summary>503 <c>temporarily_unavailable</c>.</summary>
    /// <param name="reason">The private reason.</param>
    /// <param name="retryAfter">When to come back; 5 seconds unless told, at most 300.</param>
    public static ExchangeError TemporarilyUnavailable(string reason, TimeSpan? retryAfter = null) =>
        new(ErrorCodes.TemporarilyUnavailable, "The service is not available at the moment; try again shortly.", reason)
        {
            RetryAfter = TimeSpan.FromSeconds(Math.Clamp((retryAfter ?? TimeSpan.FromSeconds(5)).TotalSeconds, 1, 300)),
        };
}
