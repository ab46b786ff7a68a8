namespace Cambio.AspNetCore.FrontEnd;

/// <summary>The pages that call us: <c>Cambio:FrontEnd</c>.</summary>
public sealed class FrontEndOptions
{
    /// <summary>
    /// The origins whose scripts may call the endpoints (CORS), such as <c>https://app.example.com</c>; separated by spaces or commas.
    /// Compared character for character. Empty: only pages of our own origin.
    /// </summary>
    public string? Origins { get; set; }

    /// <summary>Where the redirect flow may return to. Kept for it; without effect in this version.</summary>
    public string? ReturnUrls { get; set; }
}
