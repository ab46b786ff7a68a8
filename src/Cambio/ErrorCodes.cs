namespace Cambio;

/// <summary>Every value that the <c>error</c> member of a refusal can have. RFC 6749 5.2 words where it has one.</summary>
public static class ErrorCodes
{
    /// <summary>400, 405, 413 or 415: the request itself is malformed.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>400: the credential is forged, expired, replayed, not meant for this application, or unknown. One body for all.</summary>
    public const string InvalidGrant = "invalid_grant";

    /// <summary>400: the state of a redirect flow is missing, spent, expired or of another browser.</summary>
    public const string InvalidState = "invalid_state";

    /// <summary>400: the token endpoint does not know this <c>grant_type</c>.</summary>
    public const string UnsupportedGrantType = "unsupported_grant_type";

    /// <summary>400: this client may not use this <c>grant_type</c>.</summary>
    public const string UnauthorizedClient = "unauthorized_client";

    /// <summary>400: a token for another API than ours was asked for (RFC 8693 2.2.2).</summary>
    public const string InvalidTarget = "invalid_target";

    /// <summary>400: a scope was asked for that nobody gets here.</summary>
    public const string InvalidScope = "invalid_scope";

    /// <summary>401: client authentication failed.</summary>
    public const string InvalidClient = "invalid_client";

    /// <summary>401: the bearer token of a call is missing, forged or expired.</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>403: the identity is proven, but this application does not let it in.</summary>
    public const string AccessDenied = "access_denied";

    /// <summary>403: the identity has no account here and new accounts are not opened.</summary>
    public const string SignupDisabled = "signup_disabled";

    /// <summary>403: this provider does not take this kind of credential.</summary>
    public const string CredentialNotAccepted = "credential_not_accepted";

    /// <summary>404: no enabled provider has this id.</summary>
    public const string UnknownProvider = "unknown_provider";

    /// <summary>404: nothing stands at this address, or it is not yours.</summary>
    public const string NotFound = "not_found";

    /// <summary>409: an account with this e-mail exists; its holder has to sign in and link the identity.</summary>
    public const string LinkRequired = "link_required";

    /// <summary>409: the identity belongs to another account.</summary>
    public const string IdentityInUse = "identity_in_use";

    /// <summary>409: the last way to sign in cannot be removed.</summary>
    public const string LastLoginMethod = "last_login_method";

    /// <summary>409: a step needs something from the user; the answer carries <c>ticket</c> and <c>requires</c>.</summary>
    public const string InteractionRequired = "interaction_required";

    /// <summary>429: too many requests; <c>Retry-After</c> says when to come back.</summary>
    public const string TooManyRequests = "too_many_requests";

    /// <summary>500: a fault of ours.</summary>
    public const string ServerError = "server_error";

    /// <summary>502: the provider answered something that cannot be understood.</summary>
    public const string ProviderError = "provider_error";

    /// <summary>503: the provider, the store or the mail server is down or slow; <c>Retry-After</c> says when to come back.</summary>
    public const string TemporarilyUnavailable = "temporarily_unavailable";
}
