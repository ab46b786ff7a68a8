namespace Cambio.AspNetCore;

/// <summary>Names for authentication settings of the application.</summary>
public static class CambioAuthentication
{
    /// <summary>
    /// The scheme that accepts our access tokens as bearers and, of a request without an <c>Authorization</c> header, our session cookie.
    /// The application's default unless it has one of its own.
    /// </summary>
    public const string Scheme = "Cambio";

    /// <summary>
    /// The scheme that accepts our session cookie alone. Its challenge and its refusal are those of <see cref="Scheme"/>: JSON, and no
    /// redirect. A call that may change something (any method but <c>GET</c>, <c>HEAD</c>, <c>OPTIONS</c> and <c>TRACE</c>) also needs an
    /// antiforgery token, else it is answered with 403.
    /// </summary>
    public const string CookieScheme = "Cambio.Cookie";
}
