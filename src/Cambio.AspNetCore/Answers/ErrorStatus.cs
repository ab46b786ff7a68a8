using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>The one table from refusals to HTTP statuses.</summary>
internal static class ErrorStatus
{
    public const string MethodNotAllowed = "method_not_allowed";
    public const string BodyTooLarge = "body_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";

    public static FrozenDictionary<string, int> ByCode { get; } = new Dictionary<string, int>
    {
        [ErrorCodes.InvalidRequest] = StatusCodes.Status400BadRequest,
        [ErrorCodes.InvalidGrant] = StatusCodes.Status400BadRequest,
        [ErrorCodes.InvalidState] = StatusCodes.Status400BadRequest,
        [ErrorCodes.UnsupportedGrantType] = StatusCodes.Status400BadRequest,
        [ErrorCodes.UnauthorizedClient] = StatusCodes.Status400BadRequest,
        [ErrorCodes.InvalidTarget] = StatusCodes.Status400BadRequest,
        [ErrorCodes.InvalidScope] = StatusCodes.Status400BadRequest,
        [ErrorCodes.InvalidClient] = StatusCodes.Status401Unauthorized,
        [ErrorCodes.InvalidToken] = StatusCodes.Status401Unauthorized,
        [ErrorCodes.AccessDenied] = StatusCodes.Status403Forbidden,
        [ErrorCodes.SignupDisabled] = StatusCodes.Status403Forbidden,
        [ErrorCodes.CredentialNotAccepted] = StatusCodes.Status403Forbidden,
        [ErrorCodes.UnknownProvider] = StatusCodes.Status404NotFound,
        [ErrorCodes.NotFound] = StatusCodes.Status404NotFound,
        [ErrorCodes.LinkRequired] = StatusCodes.Status409Conflict,
        [ErrorCodes.IdentityInUse] = StatusCodes.Status409Conflict,
        [ErrorCodes.LastLoginMethod] = StatusCodes.Status409Conflict,
        [ErrorCodes.InteractionRequired] = StatusCodes.Status409Conflict,
        [ErrorCodes.TooManyRequests] = StatusCodes.Status429TooManyRequests,
        [ErrorCodes.ServerError] = StatusCodes.Status500InternalServerError,
        [ErrorCodes.ProviderError] = StatusCodes.Status502BadGateway,
        [ErrorCodes.TemporarilyUnavailable] = StatusCodes.Status503ServiceUnavailable,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Three statuses say more than invalid_request does.
    public static int Of(ExchangeError error) => error.Reason switch
    {
        MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
        UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        _ => ByCode[error.Code],
    };

    /// <summary>The status at an OAuth endpoint, where RFC 6749 5.2 has 400 for what others tell apart.</summary>
    public static int OfOAuth(int status) => status switch
    {
        StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound or StatusCodes.Status409Conflict => StatusCodes.Status400BadRequest,
        _ => status,
    };
}
