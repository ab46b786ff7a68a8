using System.Net.Mime;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Cambio.AspNetCore.Answers;

/// <summary>The one writer of answers that are no refusals.</summary>
internal sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type, string cacheControl = "no-store") : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        AnswerHeaders.Set(httpContext.Response, cacheControl);
        return httpContext.Response.WriteAsJsonAsync(value, type, MediaTypeNames.Application.Json, httpContext.RequestAborted);
    }
}
