namespace Cambio.AspNetCore.FrontEnd;

/// <summary>The pages that call us: <c>Cambio:FrontEnd</c>.</summary>
public sealed class FrontEndOptions
{
    /// <summary>
    /// The origins whose scripts may call the endpoints (CORS), such as <c>https://app.example.com</c>; separated by spaces or commas.
    /// Compared character for character. Empty: only pages of our own origin.
    /// </summary>
    public string? Origins { get; set; }

    /// <summary>
    /// The only addresses that the redirect flow sends a browser back to, such as <c>https://app.example.com/signed-in</c> or
    /// <c>com.example.app:/signed-in</c>; separated by spaces or commas. Compared character for character, save that
    /// <c>http://127.0.0.1</c>, <c>http://[::1]</c> and <c>http://localhost</c> without a port stand for any port. Empty: none.
    /// </summary>
    public string? ReturnUrls { get; set; }
}
