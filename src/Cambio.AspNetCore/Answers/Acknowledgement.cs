using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>Says that a signal has arrived, and nothing of what it met.</summary>
internal sealed class Acknowledgement(int status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        AnswerHeaders.Set(httpContext.Response);
        return Task.CompletedTask;
    }
}
