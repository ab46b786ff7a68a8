using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Cambio.Telemetry;

/// <summary>Writes audit events: to the log under <see cref="CambioTelemetry.AuditCategory"/>, and to every <see cref="IAuditSink"/>.</summary>
internal sealed class AuditTrail(ILoggerFactory loggers, IEnumerable<IAuditSink> sinks, TimeProvider time)
{
    private readonly ILogger logger = loggers.CreateLogger(CambioTelemetry.AuditCategory);
    private readonly IAuditSink[] sinks = [.. sinks];

    public void Succeeded(string action, string reason, string? provider, string? credential, string? userId, string? sessionId, string? address) =>
        Write(new AuditEvent
        {
            Time = time.GetUtcNow(),
            Action = action,
            Outcome = "success",
            Reason = reason,
            Provider = provider,
            Credential = credential,
            UserId = userId,
            SessionId = sessionId,
            Address = address,
            TraceId = Activity.Current?.TraceId.ToHexString(),
        });

    public void Refused(string action, ExchangeError error, string? provider, string? credential, string? address) =>
        Write(new AuditEvent
        {
            Time = time.GetUtcNow(),
            Action = action,
            Outcome = error.Code,
            Reason = error.Reason,
            Provider = provider,
            Credential = credential,
            Address = address,
            TraceId = Activity.Current?.TraceId.ToHexString(),
        });

    private void Write(AuditEvent e)
    {
        if (e.Outcome == "success")
        {
            Log.AuditSuccess(logger, e.Action, e.Provider, e.Credential, e.Reason, e.UserId, e.SessionId, e.Address, e.TraceId);
        }
        else
        {
            Log.AuditRefusal(logger, e.Action, e.Provider, e.Credential, e.Outcome, e.Reason, e.Address, e.TraceId);
        }

        foreach (IAuditSink sink in sinks)
        {
            try
            {
                sink.Write(e);
            }
            catch (Exception exception)
            {
                // A broken sink must not turn a sign-in into an error after its transaction was committed.
                Log.AuditSinkFailed(logger, exception, sink.GetType().Name);
            }
        }
    }
}
