namespace Cambio;

/// <summary>The settings below <c>Cambio</c> that are not a provider's. Scalars only: a list is one text.</summary>
public sealed class CambioOptions
{
    /// <summary>The pipeline's steps, in order; separated by spaces or commas.</summary>
    public string Pipeline { get; set; } =
        "check-allowed, find-login, link-current-user, link-by-email, create-user, save-login, update-profile";

    /// <summary>The address that the world knows us by, without a path. Absent: the address that the server was started with.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>
    /// A folder of your own, laid out like <c>catalog/</c>: <c>{id}/provider.json</c>. Its entries go before the built-in ones of the same
    /// id. Absent: the built-in ones alone.
    /// </summary>
    public string? Catalog { get; set; }

    /// <summary>
    /// The proxies that are believed when they forward a client's address and scheme (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>):
    /// addresses and networks such as <c>10.0.0.0/8</c>; separated by spaces or commas. Empty: those headers are ignored.
    /// </summary>
    public string? TrustedProxies { get; set; }

    /// <summary>Who may sign in and how accounts are found: <c>Cambio:Accounts</c>.</summary>
    public AccountOptions Accounts { get; } = new();

    /// <summary>Our own tokens: <c>Cambio:Tokens</c>.</summary>
    public TokenOptions Tokens { get; } = new();

    /// <summary>Calls to providers: <c>Cambio:Http</c>.</summary>
    public HttpOptions Http { get; } = new();
}

/// <summary>Who may sign in and how accounts are found.</summary>
public sealed class AccountOptions
{
    /// <summary>What an e-mail address that provider and account both have proven leads to.</summary>
    public LinkByEmail LinkByEmail { get; set; } = LinkByEmail.Verified;

    /// <summary>What an address leads to that the provider has proven and the existing account never did.</summary>
    public UnprovenAccount UnprovenAccount { get; set; } = UnprovenAccount.Ask;

    /// <summary>Only these addresses, from a provider that is trusted for them, may sign in; separated by spaces or commas. Empty: all.</summary>
    public string? AllowedEmails { get; set; }

    /// <summary>Only addresses of these domains, from a provider that is trusted for them, may sign in; separated by spaces or commas. Empty: all.</summary>
    public string? AllowedDomains { get; set; }

    /// <summary>False: no new accounts.</summary>
    public bool SignUp { get; set; } = true;

    /// <summary>False: a profile stays as it was at sign-up.</summary>
    public bool UpdateProfile { get; set; } = true;

    /// <summary>What the application is called in mails to its users. Absent: the host of <see cref="CambioOptions.PublicUrl"/>, else <c>localhost</c>.</summary>
    public string? ApplicationName { get; set; }

    /// <summary>
    /// The version of your terms that <c>require-terms</c> asks users to accept, such as <c>2026-11</c>; a new version is asked for at the
    /// next sign-in. Goes together with that step: one without the other stops the start.
    /// </summary>
    public string? Terms { get; set; }
}

/// <summary>What a doubly proven e-mail address leads to.</summary>
public enum LinkByEmail
{
    /// <summary>The identity is linked to the account.</summary>
    Verified,

    /// <summary>409 <c>link_required</c>: the holder signs in and links.</summary>
    Ask,

    /// <summary>A separate account without that address.</summary>
    Never,
}

/// <summary>What becomes of an account whose address was never proven when the address's holder comes.</summary>
public enum UnprovenAccount
{
    /// <summary>409 <c>link_required</c>.</summary>
    Ask,

    /// <summary>The old account is wiped (logins, sessions, profile), and the holder gets a new one with the address.</summary>
    TakeOver,

    /// <summary>The holder gets an account of its own.</summary>
    Separate,
}

/// <summary>Our own tokens.</summary>
public sealed class TokenOptions
{
    /// <summary>The <c>iss</c> claim. Absent: the public address.</summary>
    public string? Issuer { get; set; }

    /// <summary>The <c>aud</c> claim. Absent: the issuer.</summary>
    public string? Audience { get; set; }

    /// <summary>What an access token is.</summary>
    public TokenKind Kind { get; set; } = TokenKind.Jwt;

    /// <summary>The algorithm of the keys that sign access tokens. A change makes a new key, which signs an hour later.</summary>
    public SigningAlgorithm SigningAlgorithm { get; set; } = SigningAlgorithm.ES256;

    /// <summary>Whether a call with an access token asks the store if its session has ended. Cambio's own endpoints for the signed-in user always do.</summary>
    public SessionCheck SessionCheck { get; set; } = SessionCheck.AtExpiry;

    /// <summary>True: only confidential clients (<c>Cambio:Clients</c>) may exchange, redeem and refresh.</summary>
    public bool RequireClient { get; set; }

    /// <summary>How long an access token is good for: 1 minute to 1 day.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an unused refresh token is good for: up to 400 days.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>When a session ends however often it is refreshed: up to 400 days.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(90);
}

/// <summary>What an access token is.</summary>
public enum TokenKind
{
    /// <summary>A signed JWT (RFC 9068) that anybody can validate from the published keys.</summary>
    Jwt,

    /// <summary>One API token for each user, which stays the same until it is revoked. Each call costs one query.</summary>
    Opaque,
}

/// <summary>How access tokens are signed (RFC 7518 3.1).</summary>
public enum SigningAlgorithm
{
    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    ES256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256, for resource servers that know nothing newer.</summary>
    RS256,
}

/// <summary>When the access tokens of an ended session are refused.</summary>
public enum SessionCheck
{
    /// <summary>When they expire. Costs nothing.</summary>
    AtExpiry,

    /// <summary>Within 5 seconds. Costs one query for each session in use, every 5 seconds and for each instance.</summary>
    WithinSeconds,

    /// <summary>At once. Costs one query for each call.</summary>
    AtOnce,
}

/// <summary>Calls to providers.</summary>
public sealed class HttpOptions
{
    /// <summary>The total time that all calls of one exchange may take: 1 to 60 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Base address of a simulator that plays every provider. Development only.</summary>
    public string? Simulator { get; set; }
}
