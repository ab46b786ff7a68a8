namespace Cambio.Telemetry;

/// <summary>What happened in one exchange, or in one act on an account. Exactly one is written for each, whatever came of it. Holds no token, code, secret or e-mail.</summary>
public sealed record AuditEvent
{
    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// What it was: <c>exchange</c>, <c>start</c>, <c>link</c>, <c>redeem</c>, <c>refresh</c>, <c>revoke</c>, <c>profile</c>, <c>unlink</c>, <c>logout</c>,
    /// <c>delete</c>, <c>signal</c>; of <c>start</c> and <c>callback</c>, the two ends of a redirect, those alone that were refused before there was an exchange.
    /// </summary>
    public required string Action { get; init; }

    /// <summary><c>success</c>, or one of <see cref="ErrorCodes"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The private reason of a refusal; on success what was decided about the account.</summary>
    public required string Reason { get; init; }

    /// <summary>The provider's id, when it is an enabled one.</summary>
    public string? Provider { get; init; }

    /// <summary>The kind of credential, when one was found in the request.</summary>
    public string? Credential { get; init; }

    /// <summary>The local user, when one was found.</summary>
    public string? UserId { get; init; }

    /// <summary>
    /// The session that was opened, refreshed or ended, or that asked. An exchange that leaves as a one-time code of ours has none yet: the
    /// <c>redeem</c> of that code names it.
    /// </summary>
    public string? SessionId { get; init; }

    /// <summary>The caller's address.</summary>
    public string? Address { get; init; }

    /// <summary>The trace that the exchange belongs to; the <c>trace_id</c> of a refusal.</summary>
    public string? TraceId { get; init; }
}
