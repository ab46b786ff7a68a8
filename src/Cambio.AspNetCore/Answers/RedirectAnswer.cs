using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cambio.AspNetCore.Answers;

/// <summary>Sends the browser on, by 302. The address is one that we made, or that the operator listed.</summary>
internal sealed class RedirectAnswer(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        AnswerHeaders.Set(httpContext.Response);
        httpContext.Response.StatusCode = StatusCodes.Status302Found;
        httpContext.Response.Headers[HeaderNames.Location] = address;
        return Task.CompletedTask;
    }
}
