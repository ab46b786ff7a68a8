using Cambio.Clients;
using Cambio.Credentials;
using Cambio.Storage;
using Cambio.Tokens;

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

    /// <summary>The confidential client that asks; null for a public one.</summary>
    public Client? Client { get; init; }

    /// <summary>
    /// What the client or browser that calls is known by, made by the door: a ticket is good for whoever shows the same again. Opaque; only
    /// its hash is kept.
    /// </summary>
    public string? Binding { get; init; }

    /// <summary>How what it makes leaves it. A link that leaves by code is held until its front end redeems that.</summary>
    internal Handover Handover { get; init; } = Handover.Tokens;

    /// <summary>The caller's user agent, for the list of sessions.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The caller's address, for the list of sessions and the audit event.</summary>
    public string? Address { get; init; }

    /// <summary>The provider only; the rest is secret or tells who it is.</summary>
    public override string ToString() => $"{Provider} exchange [redacted]";
}
