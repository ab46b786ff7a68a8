using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Cambio.Tests.Catalog;

/// <summary>A call to a provider exactly as it went over the wire.</summary>
internal sealed record SentRequest(string Method, string Host, string Path, string Query, IHeaderDictionary Headers, string Body)
{
    /// <summary>The address that the provider would have seen.</summary>
    public string Address => $"https://{Host}{Path}{Query}";

    public Dictionary<string, StringValues> Parameters => QueryHelpers.ParseQuery(Query);

    public Dictionary<string, StringValues> Form =>
        Headers.ContentType.ToString().StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) ? QueryHelpers.ParseQuery(Body) : [];

    /// <summary>The user and password of an HTTP Basic header as they stand there; null without one.</summary>
    public string? Basic => Headers.Authorization.ToString() is { } header && header.StartsWith("Basic ", StringComparison.Ordinal)
        ? Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..]))
        : null;

    public static async Task<SentRequest> ReadAsync(HttpRequest request)
    {
        request.EnableBuffering();
        string body = await new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true).ReadToEndAsync();
        request.Body.Position = 0;
        string[] parts = request.Path.Value!.TrimStart('/').Split('/', 2);
        return new SentRequest(
            request.Method, parts[0], "/" + (parts.Length > 1 ? parts[1] : ""), request.QueryString.Value ?? "", new HeaderDictionary(request.Headers.ToDictionary()), body);
    }
}
