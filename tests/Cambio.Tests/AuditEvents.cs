using System.Collections.Concurrent;
using Cambio.Telemetry;

namespace Cambio.Tests;

/// <summary>Hears the audit events.</summary>
internal sealed class AuditEvents : IAuditSink
{
    private readonly ConcurrentQueue<AuditEvent> heard = new();

    public IReadOnlyList<AuditEvent> All => [.. heard];

    /// <summary>What was heard so far, as <c>action outcome reason</c>.</summary>
    public IEnumerable<string> Lines => heard.Select(static e => $"{e.Action} {e.Outcome} {e.Reason}");

    public AuditEvent Last => All[^1];

    public void Clear() => heard.Clear();

    public void Write(AuditEvent auditEvent) => heard.Enqueue(auditEvent);
}
