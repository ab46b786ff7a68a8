using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cambio.AspNetCore.Answers;

/// <summary>Marks endpoints that people's browsers come to: who likes a page better than JSON gets one.</summary>
internal sealed class PrefersPages
{
    private static readonly MediaTypeHeaderValue Html = new("text/html") { Charset = "utf-8" };

    private static readonly MediaTypeHeaderValue[] Json =
        [new("application/json") { Charset = "utf-8" }, new("application/problem+json") { Charset = "utf-8" }];

    private PrefersPages()
    {
    }

    public static PrefersPages Instance { get; } = new();

    /// <summary>Whether to answer with a page. What comes of it depends on the Accept header, which the answer then says.</summary>
    public static bool Applies(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PrefersPages>() is null)
        {
            return false;
        }

        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        return IsAsked(context.Request.GetTypedHeaders().Accept);
    }

    // RFC 9110 12.5.1. Whoever names JSON gets it, and so does whoever takes anything: programs do, browsers name text/html.
    private static bool IsAsked(IList<MediaTypeHeaderValue> accepted) =>
        !Array.Exists(Json, type => accepted.Any(range => range.Quality is not 0 && range.MediaType == type.MediaType))
        && Weight(accepted, Html) > Json.Max(type => Weight(accepted, type));

    /// <summary>The weight of the narrowest range that covers the type.</summary>
    private static double Weight(IList<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue type) =>
        accepted.Where(type.IsSubsetOf)
            .OrderByDescending(static range => (!range.MatchesAllTypes, !range.MatchesAllSubTypes))
            .FirstOrDefault() is { } narrowest ? narrowest.Quality ?? 1 : 0;
}
