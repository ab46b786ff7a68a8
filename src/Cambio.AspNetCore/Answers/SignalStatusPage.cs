using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>The same as <see cref="SignalStatusAnswer"/> for people. Holds nothing that a caller wrote.</summary>
internal sealed class SignalStatusPage(SignalStatusAnswer answer) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        string time = answer.CompletedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return Page.WriteAsync(httpContext, "Deletion request", $"<p>This deletion request was carried out on {time} UTC.</p>");
    }
}
