using Microsoft.Extensions.Logging;

namespace Cambio.Telemetry;

/// <summary>Every log line of the core, each with an event id. None carries a token, code, secret or e-mail.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "Provider {Provider}: {Purpose} call to {Host} failed: {Reason}")]
    public static partial void ProviderCallFailed(ILogger logger, string provider, string purpose, string host, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "Provider {Provider}: the document at {Host} holds no signing key that can be used")]
    public static partial void SigningKeysUnusable(ILogger logger, string provider, string host);

    [LoggerMessage(1003, LogLevel.Information, "Provider {Provider} sent a browser back without a code: {Error}")]
    public static partial void ProviderSaidError(ILogger logger, string provider, string error);

    [LoggerMessage(1010, LogLevel.Information, "Provider {Provider}: a user's token could not be refreshed: {Reason}")]
    public static partial void ProviderRefreshRefused(ILogger logger, string provider, string reason);

    [LoggerMessage(1011, LogLevel.Warning, "Provider {Provider}: a short-lived token could not be extended and stays as it is: {Reason}")]
    public static partial void ProviderTokenNotExtended(ILogger logger, string provider, string reason);

    [LoggerMessage(1012, LogLevel.Warning, "Provider {Provider}: a token could not be revoked and expires on its own: {Reason}")]
    public static partial void ProviderTokenNotRevoked(ILogger logger, string provider, string reason);

    [LoggerMessage(1013, LogLevel.Error, "Provider {Provider}: kept tokens cannot be decrypted here; is the Data Protection key ring the one they were sealed with?")]
    public static partial void ProviderTokensUnreadable(ILogger logger, string provider);

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

    [LoggerMessage(2005, LogLevel.Error, "{Sender} could not send a mail: {Problem}")]
    public static partial void EmailNotSent(ILogger logger, string sender, string problem);

    [LoggerMessage(3001, LogLevel.Information, "Made {Algorithm} signing key {KeyId}; it signs from {ActiveFrom:O} on")]
    public static partial void SigningKeyMade(ILogger logger, string algorithm, string keyId, DateTimeOffset activeFrom);

    [LoggerMessage(3002, LogLevel.Error, "Signing key {KeyId} cannot be decrypted here and is left out; is the Data Protection key ring the one it was made with?")]
    public static partial void SigningKeyUnreadable(ILogger logger, string keyId);

    [LoggerMessage(3003, LogLevel.Warning, "The signing keys could not be listed; those in memory stay in use")]
    public static partial void SigningKeysNotListed(ILogger logger, Exception exception);

    [LoggerMessage(3004, LogLevel.Warning, "A refresh token of session {Session} of user {User} was used again; the session is ended")]
    public static partial void RefreshTokenReused(ILogger logger, string session, string user);

    [LoggerMessage(3005, LogLevel.Warning, "An authorization code of user {User} was used again; session {Session}, if its first use got tokens of it, is ended")]
    public static partial void AuthorizationCodeReused(ILogger logger, string session, string user);

    [LoggerMessage(3006, LogLevel.Error, "The API token of user {User}, session {Session}, cannot be decrypted here and is replaced; is the Data Protection key ring the one it was made with?")]
    public static partial void ApiTokenUnreadable(ILogger logger, string session, string user);

    [LoggerMessage(3010, LogLevel.Information, "Deleted signing key {KeyId}; its last token has expired")]
    public static partial void SigningKeyDeleted(ILogger logger, string keyId);

    [LoggerMessage(3011, LogLevel.Error, "Signing keys that are due could not be made or deleted; it is tried again in a minute")]
    public static partial void SigningKeysNotChanged(ILogger logger, Exception exception);

    [LoggerMessage(3012, LogLevel.Warning, "Signing key {KeyId} was retired: it neither signs nor verifies from now on")]
    public static partial void SigningKeyRetired(ILogger logger, string keyId);
}
