using System.Text;
using Cambio.Testing.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambio.Testing.Hosting;

/// <summary>Serves a simulator over HTTP: <c>/{host}/{path}</c> is that host's own address.</summary>
internal static class SimulatorEndpoint
{
    private const int MaxBody = 64 * 1024;

    /// <param name="endpoints">Where to map it.</param>
    /// <param name="prefix">What stands in front of the host.</param>
    /// <param name="simulator">Who plays; asked at each call.</param>
    public static IEndpointConventionBuilder MapSimulator(this IEndpointRouteBuilder endpoints, string prefix, Func<ProviderSimulator> simulator) =>
        endpoints.Map(prefix + "/{host}/{**path}", context => ServeAsync(context, simulator()));

    private static async Task ServeAsync(HttpContext context, ProviderSimulator simulator)
    {
        if (await ReadAsync(context.Request, context.RequestAborted) is not { } body)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        SimulatedRequest request = SimulatedRequest.Create(
            context.Request.Method,
            (string)context.GetRouteValue("host")!,
            $"/{context.GetRouteValue("path")}",
            context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body);
        await WriteAsync(context, await simulator.AnswerAsync(request, context.RequestAborted));
    }

    private static async Task WriteAsync(HttpContext context, SimulatedAnswer answer)
    {
        if (answer.BreaksAt < 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        context.Response.Headers.CacheControl = "no-store";
        foreach ((string name, string value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        // Fewer bytes than announced: the server sends them and then closes the connection.
        await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, answer.BreaksAt ?? answer.Body.Length), context.RequestAborted);
    }

    private static async Task<string?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBody)
        {
            return null;
        }

        byte[] buffer = new byte[MaxBody + 1];
        int length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaxBody ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
