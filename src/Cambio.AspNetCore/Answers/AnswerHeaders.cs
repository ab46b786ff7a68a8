using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>The headers of every answer.</summary>
internal static class AnswerHeaders
{
    /// <param name="response">The answer.</param>
    /// <param name="cacheControl">Who may keep it; nobody unless it is public.</param>
    public static void Set(HttpResponse response, string cacheControl = "no-store")
    {
        response.Headers.CacheControl = cacheControl;
        response.Headers.XContentTypeOptions = "nosniff";

        // Codes stand in addresses of ours, and nobody else shall read those (RFC 9700 4.2.4).
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (cacheControl == "no-store")
        {
            // RFC 6749 5.1 asks for both.
            response.Headers.Pragma = "no-cache";
        }
    }
}
