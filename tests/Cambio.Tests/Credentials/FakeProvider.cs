using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Cambio.Tests.Credentials;

/// <summary>A provider on loopback that answers as planned. A call that nobody planned fails the test.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<FakeCall, FakeAnswer>> plan = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<FakeCall> journal = new();
    private readonly ConcurrentQueue<string> unplanned = new();

    private FakeProvider(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public IReadOnlyList<FakeCall> Calls => [.. journal];

    public static async Task<FakeProvider> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var fake = new FakeProvider(app);
        app.Run(fake.AnswerAsync);
        await app.StartAsync();
        return fake;
    }

    /// <summary>Plans the answer to <c>GET /host/path</c> from now on.</summary>
    public FakeProvider On(string call, Func<FakeCall, FakeAnswer> answer)
    {
        plan[call] = answer;
        return this;
    }

    public FakeProvider On(string call, FakeAnswer answer) => On(call, _ => answer);

    public FakeProvider On(string call, string json) => On(call, FakeAnswer.Json(json));

    public int Count(string call) => journal.Count(c => c.Name == call);

    public FakeCall Single(string call) => Assert.Single(journal, c => c.Name == call);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Assert.Empty(unplanned);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var call = new FakeCall(
            $"{context.Request.Method} {context.Request.Path}",
            Flat(context.Request.Query),
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        journal.Enqueue(call);
        if (!plan.TryGetValue(call.Name, out Func<FakeCall, FakeAnswer>? answer))
        {
            unplanned.Enqueue(call.Name);
            context.Abort();
            return;
        }

        await answer(call).WriteAsync(context);
    }

    private static Dictionary<string, string> Flat(IQueryCollection query) => query.ToDictionary(q => q.Key, q => q.Value.ToString());
}

/// <summary>A call that arrived.</summary>
internal sealed record FakeCall(string Name, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public IReadOnlyDictionary<string, string> Form => QueryHelpers.ParseQuery(Body).ToDictionary(p => p.Key, p => p.Value.ToString());

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>What goes back.</summary>
internal sealed record FakeAnswer(int Status, string Body, string? ContentType = "application/json")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The connection is cut instead.</summary>
    public bool Cut { get; init; }

    /// <summary>Waits for this before it answers.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    public static FakeAnswer Json(string body, int status = 200) => new(status, body);

    public async Task WriteAsync(HttpContext context)
    {
        await Gate.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Cut)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = Status;
        context.Response.ContentType = ContentType;
        foreach ((string name, string value) in Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(Body);
    }
}
