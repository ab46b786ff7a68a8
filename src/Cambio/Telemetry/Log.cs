using Microsoft.Extensions.Logging;

namespace Cambio.Telemetry;

/// <summary>Every log line of the core, each with an event id. None carries a token, code, secret or e-mail.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "Provider {Provider}: {Purpose} call to {Host} failed: {Reason}")]
    public static partial void ProviderCallFailed(ILogger logger, string provider, string purpose, string host, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "Provider {Provider}: the document at {Host} holds no signing key that can be used")]
    public static partial void SigningKeysUnusable(ILogger logger, string provider, string host);

    [LoggerMessage(1100, LogLevel.Information, "Settings of providers changed and apply: {Count} enabled")]
    public static partial void ProvidersReloaded(ILogger logger, int count);

    [LoggerMessage(1101, LogLevel.Error, "Settings of providers changed and do not apply, the last good ones stay: {Mistake}")]
    public static partial void ProvidersNotReloaded(ILogger logger, string mistake);

    [LoggerMessage(2001, LogLevel.Information, "{Action} with {Provider} {Credential}: {Reason}, user {UserId}, session {SessionId}, from {Address}, trace {TraceId}")]
    public static partial void AuditSuccess(
        ILogger logger, string action, string? provider, string? credential, string reason, string? userId, string? sessionId, string? address, string? traceId);

    [LoggerMessage(2002, LogLevel.Information, "{Action} with {Provider} {Credential} refused: {Outcome} ({Reason}), from {Address}, trace {TraceId}")]
    public static partial void AuditRefusal(
        ILogger logger, string action, string? provider, string? credential, string outcome, string reason, string? address, string? traceId);

    [LoggerMessage(2003, LogLevel.Error, "Audit sink {Sink} failed")]
    public static partial void AuditSinkFailed(ILogger logger, Exception exception, string sink);

    [LoggerMessage(2004, LogLevel.Error, "The store is unavailable: {Problem}")]
    public static partial void StoreUnavailable(ILogger logger, Exception exception, string problem);

    [LoggerMessage(3001, LogLevel.Information, "Made signing key {KeyId}; it signs from {ActiveFrom:O} on")]
    public static partial void SigningKeyMade(ILogger logger, string keyId, DateTimeOffset activeFrom);

    [LoggerMessage(3002, LogLevel.Error, "Signing key {KeyId} cannot be decrypted here and is left out; is the Data Protection key ring the one it was made with?")]
    public static partial void SigningKeyUnreadable(ILogger logger, string keyId);

    [LoggerMessage(3003, LogLevel.Warning, "The signing keys could not be listed; those in memory stay in use")]
    public static partial void SigningKeysNotListed(ILogger logger, Exception exception);

    [LoggerMessage(3004, LogLevel.Warning, "A refresh token of session {Session} of user {User} was used again; the session is ended")]
    public static partial void RefreshTokenReused(ILogger logger, string session, string user);
}
