using Microsoft.Extensions.Logging;

namespace Cambio.AspNetCore;

/// <summary>Every log line of the doors, each with an event id. None carries anything that a caller sent.</summary>
internal static partial class DoorLog
{
    [LoggerMessage(4001, LogLevel.Error, "{Method} {Route} was answered with 500, trace {TraceId}")]
    public static partial void Unexpected(ILogger logger, Exception exception, string method, string? route, string? traceId);

    [LoggerMessage(4002, LogLevel.Warning, "{Method} {Route} was answered with 503: the store cannot serve, trace {TraceId}")]
    public static partial void StoreUnavailable(ILogger logger, Exception exception, string method, string? route, string? traceId);

    [LoggerMessage(4003, LogLevel.Warning, "The signing keys could not be loaded")]
    public static partial void SigningKeysNotLoaded(ILogger logger, Exception exception);

    [LoggerMessage(4004, LogLevel.Warning, "The setting {Setting} has no effect in this version")]
    public static partial void SettingNotServed(ILogger logger, string setting);
}
