namespace Cambio.Telemetry;

/// <summary>Takes audit events beside the log, for an application's own trail. Register any number as services.</summary>
public interface IAuditSink
{
    /// <summary>Takes one event. Must return at once and not throw; an exception is logged and changes nothing for the caller.</summary>
    /// <param name="auditEvent">The event.</param>
    void Write(AuditEvent auditEvent);
}
