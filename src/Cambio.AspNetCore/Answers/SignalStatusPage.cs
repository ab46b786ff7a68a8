using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>The same as <see cref="SignalStatusAnswer"/> for people. Holds nothing that a caller wrote.</summary>
internal sealed class SignalStatusPage(SignalStatusAnswer answer) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        AnswerHeaders.Set(response);
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.ContentType = "text/html; charset=utf-8";
        string time = answer.CompletedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Deletion request</title>
            <p>This deletion request was carried out on {time} UTC.</p>
            </html>

            """,
            httpContext.RequestAborted);
    }
}
