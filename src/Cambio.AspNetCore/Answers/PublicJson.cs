using System.Net.Mime;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;

namespace Cambio.AspNetCore.Answers;

/// <summary>A document that anybody may keep for a while and then ask whether it changed (RFC 9110 13.1.2).</summary>
internal sealed class PublicJson<T>(T value, JsonTypeInfo<T> type) : IResult
{
    /// <summary>Well below the time between a key's publication and its first signature.</summary>
    private const string CacheControl = "public, max-age=900";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        AnswerHeaders.Set(httpContext.Response, CacheControl);
        return TypedResults.Bytes(body, MediaTypeNames.Application.Json, entityTag: TagOf(body)).ExecuteAsync(httpContext);
    }

    private static EntityTagHeaderValue TagOf(byte[] body) => new($"\"{Base64UrlEncoder.Encode(SHA256.HashData(body))}\"");
}
