using System.Globalization;
using System.Text.Json.Nodes;
using Cambio.Tests.Credentials;
using Cambio.Tests.Providers;
using Microsoft.AspNetCore.Http;

namespace Cambio.Tests.Server;

/// <summary>An OpenID Connect provider of one page each: its metadata, its keys, and a token endpoint that nobody has a code for.</summary>
internal sealed class OpenIdIssuer : IAsyncDisposable
{
    private readonly LoopbackServer server;

    private OpenIdIssuer(LoopbackServer server)
    {
        this.server = server;
        Issuer = server.Address.AbsoluteUri.TrimEnd('/');
        Document = new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/jwks",
            ["userinfo_endpoint"] = $"{Issuer}/me",
        };
        server.Answer = AnswerAsync;
    }

    public string Issuer { get; }

    /// <summary>What it says of itself.</summary>
    public JsonObject Document { get; }

    public string Keys { get; set; } = TestKey.Document(TestKey.Ec("one"));

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>Paths that are never answered.</summary>
    public string? Silent { get; set; }

    /// <summary>What was asked, such as <c>HEAD /token</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>What was sent along in headers that hold credentials.</summary>
    public List<string> Credentials { get; } = [];

    public static async Task<OpenIdIssuer> StartAsync() => new(await LoopbackServer.StartAsync());

    /// <summary>The settings that turn it on.</summary>
    public string[] Settings(string id = "acme") =>
        [$"--Cambio:Providers:{id}:ClientId=us", $"--Cambio:Providers:{id}:ClientSecret=hush-hush", $"--Cambio:Providers:{id}:Definition:Issuer={Issuer}"];

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path;
        lock (Calls)
        {
            Calls.Add($"{context.Request.Method} {path}");
            Credentials.AddRange(context.Request.Headers.Authorization.OfType<string>());
        }

        if (path == Silent)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        context.Response.Headers.Date = (TimeProvider.System.GetUtcNow() + Ahead).ToString("R", CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/json";
        context.Response.StatusCode = path is "/token" ? 405 : 200;
        if (context.Request.Method != HttpMethods.Head)
        {
            await context.Response.WriteAsync(path == "/jwks" ? Keys : Document.ToJsonString());
        }
    }
}
