namespace Cambio.Clients;

/// <summary>The grants of the token endpoint, by their <c>grant_type</c>.</summary>
internal static class GrantTypes
{
    /// <summary>RFC 6749 4.1.3.</summary>
    public const string AuthorizationCode = "authorization_code";

    /// <summary>RFC 6749 6.</summary>
    public const string RefreshToken = "refresh_token";

    /// <summary>RFC 8693 2.1.</summary>
    public const string TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";

    public static IReadOnlyList<string> All { get; } = [AuthorizationCode, RefreshToken, TokenExchange];

    /// <summary>Those that can succeed: there is nothing to refresh with an API token.</summary>
    public static IReadOnlyList<string> Served(TokenKind kind) => kind == TokenKind.Opaque ? [AuthorizationCode, TokenExchange] : All;
}
