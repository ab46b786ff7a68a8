using Microsoft.Extensions.Logging;

namespace Cambio.AspNetCore;

/// <summary>Every log line of the doors, each with an event id. None carries anything that a caller sent, save the host that it called us by.</summary>
internal static partial class DoorLog
{
    [LoggerMessage(4001, LogLevel.Error, "{Method} {Route} broke and was answered with server_error, trace {TraceId}")]
    public static partial void Unexpected(ILogger logger, Exception exception, string method, string? route, string? traceId);

    [LoggerMessage(4002, LogLevel.Warning, "{Method} {Route} was answered with temporarily_unavailable: the store cannot serve, trace {TraceId}")]
    public static partial void StoreUnavailable(ILogger logger, Exception exception, string method, string? route, string? traceId);

    [LoggerMessage(4003, LogLevel.Warning, "The signing keys could not be loaded")]
    public static partial void SigningKeysNotLoaded(ILogger logger, Exception exception);

    [LoggerMessage(4004, LogLevel.Warning, "The setting {Setting} has no effect in this version")]
    public static partial void SettingNotServed(ILogger logger, string setting);

    [LoggerMessage(4005, LogLevel.Warning, "Cambio:PublicUrl is http: browsers keep no Secure cookie from there, so that no sign-in by redirect comes to its end. Set it to an https address; in Development http on loopback will do")]
    public static partial void PublicUrlIsHttp(ILogger logger);

    [LoggerMessage(4020, LogLevel.Warning, "A callback was refused, {Reason}. {Hint}")]
    public static partial void StateRefused(ILogger logger, string reason, string? hint);
}
