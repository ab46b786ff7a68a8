using Cambio.Credentials;
using Cambio.Storage;

namespace Cambio;

/// <summary>One exchange, as every door parses it.</summary>
public sealed record ExchangeRequest
{
    /// <summary>The provider's id, as the caller wrote it.</summary>
    public required string Provider { get; init; }

    /// <summary>What the caller presents.</summary>
    public required Credential Credential { get; init; }

    /// <summary>The signed-in user to link the identity to; null for a sign-in.</summary>
    public UserRef? CurrentUser { get; init; }

    /// <summary>The caller's user agent, for the list of sessions.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The caller's address, for the list of sessions and the audit event.</summary>
    public string? Address { get; init; }
}
