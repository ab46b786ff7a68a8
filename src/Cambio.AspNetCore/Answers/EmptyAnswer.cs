using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>It is done, and there is nothing to say: 204.</summary>
internal sealed class EmptyAnswer : IResult
{
    public static EmptyAnswer Instance { get; } = new();

    public Task ExecuteAsync(HttpContext httpContext)
    {
        AnswerHeaders.Set(httpContext.Response);
        httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
