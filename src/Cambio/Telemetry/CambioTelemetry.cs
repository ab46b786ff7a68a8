using System.Diagnostics;

namespace Cambio.Telemetry;

/// <summary>The names under which telemetry is found, for OpenTelemetry and the like.</summary>
public static class CambioTelemetry
{
    /// <summary>The name of the meter: <c>cambio.exchanges</c>, <c>cambio.exchange.duration</c>, <c>cambio.provider.call.duration</c>.</summary>
    public const string MeterName = "Cambio";

    /// <summary>The name of the activity source: one activity an exchange, one below it for each room.</summary>
    public const string ActivitySourceName = "Cambio";

    /// <summary>The category of audit events in the log.</summary>
    public const string AuditCategory = "Cambio.Audit";

    internal static ActivitySource Source { get; } = new(ActivitySourceName);
}
