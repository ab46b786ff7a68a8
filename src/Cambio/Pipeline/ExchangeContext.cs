using Cambio.Identities;
using Cambio.Storage;

namespace Cambio.Pipeline;

/// <summary>What the steps of one exchange share.</summary>
public sealed class ExchangeContext
{
    /// <summary>Who signed in, as the provider proved it.</summary>
    public required ExternalIdentity Identity { get; init; }

    /// <summary>The exchange's transaction.</summary>
    public required IStoreTransaction Store { get; init; }

    /// <summary>The time of the exchange, UTC.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The signed-in user to link to; null for a sign-in.</summary>
    public UserRef? CurrentUser { get; init; }

    /// <summary>The provider's own tokens, when the credential brought or was one.</summary>
    public ProviderTokens? ProviderTokens { get; init; }

    /// <summary>What the user supplied when the front end sent an interrupted exchange's ticket back, by name; else empty.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>The local account, once a step has found or made it.</summary>
    public Account? Account { get; set; }

    /// <summary>The account was made by this exchange.</summary>
    public bool IsNewUser { get; set; }

    /// <summary>The identity is linked to <see cref="Account"/> already, so that <c>save-login</c> only notes its use.</summary>
    public bool IsLinked { get; set; }

    /// <summary>What was decided about the account; for the audit event.</summary>
    public LinkingDecision? Decision { get; set; }

    /// <summary>The accounts that have the identity's address, once <c>link-by-email</c> or <c>create-user</c> has looked.</summary>
    internal IReadOnlyList<EmailOwner>? EmailOwners { get; set; }
}

/// <summary>A provider's own tokens. Never prints them.</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="RefreshToken">The refresh token, if there is one.</param>
/// <param name="ExpiresAt">When the access token expires, UTC, if known.</param>
public sealed record ProviderTokens(string AccessToken, string? RefreshToken, DateTimeOffset? ExpiresAt)
{
    /// <summary>Nothing; the values are secrets.</summary>
    public override string ToString() => "provider tokens [redacted]";
}
