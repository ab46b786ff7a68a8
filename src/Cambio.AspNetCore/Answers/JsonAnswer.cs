using System.Net.Mime;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>The one writer of answers that are no refusals.</summary>
internal sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        AnswerHeaders.Set(httpContext.Response);
        return httpContext.Response.WriteAsJsonAsync(value, type, MediaTypeNames.Application.Json, httpContext.RequestAborted);
    }
}

/// <summary>An answer of 200 that says no more than that it was done: <c>{}</c>.</summary>
internal sealed record DoneAnswer;
