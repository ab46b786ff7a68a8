using Microsoft.Extensions.Logging;

namespace Cambio.Telemetry;

/// <summary>Every log line of the core, each with an event id. None carries a token, code, secret or e-mail.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "Provider {Provider}: {Purpose} call to {Host} failed: {Reason}")]
    public static partial void ProviderCallFailed(ILogger logger, string provider, string purpose, string host, string reason);
}
