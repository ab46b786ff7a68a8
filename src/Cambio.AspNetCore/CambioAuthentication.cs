namespace Cambio.AspNetCore;

/// <summary>Names for authentication settings of the application.</summary>
public static class CambioAuthentication
{
    /// <summary>The scheme that accepts our access tokens as bearers. The application's default unless it has one of its own.</summary>
    public const string Scheme = "Cambio";
}
