using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cambio.Tests.Providers;

/// <summary>A real HTTP server on a free loopback port that answers as the test says.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private LoopbackServer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public RequestDelegate Answer { get; set; } = _ => Task.CompletedTask;

    public static async Task<LoopbackServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new LoopbackServer(builder.Build());
        server.app.Run(context => server.Answer(context));
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Answers every request with this text.</summary>
    public void AnswerWith(string body, string? contentType = "application/json", int status = 200, params (string Name, string Value)[] headers) =>
        Answer = async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            foreach ((string name, string value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(body);
        };

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
