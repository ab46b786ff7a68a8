using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using Cambio.AspNetCore;
using Cambio.Providers;
using Cambio.Storage;
using Cambio.Telemetry;
using Cambio.Testing;
using Cambio.Tests.Tokens;
using Cambio.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Setup = Cambio.Tests.Providers.Setup;

namespace Cambio.Tests.AspNetCore;

/// <summary>An application of somebody else's with our doors in it, on a store in memory and a clock that stands still.</summary>
internal sealed class DoorHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private DoorHost(WebApplication app, HttpClient client, LogLines logs)
    {
        this.app = app;
        Client = client;
        Logs = logs;
    }

    public HttpClient Client { get; }

    public LogLines Logs { get; }

    public IServiceProvider Services => app.Services;

    public InMemoryStore Store => Services.GetRequiredService<InMemoryStore>();

    public FakeTimeProvider Time => (FakeTimeProvider)Services.GetRequiredService<TimeProvider>();

    /// <param name="settings">Keys and values of configuration.</param>
    /// <param name="environment">Development shows private reasons.</param>
    /// <param name="configure">More registrations, after ours.</param>
    /// <param name="map">More endpoints.</param>
    /// <param name="kestrel">A real server on loopback instead of the test server.</param>
    public static async Task<DoorHost> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, string environment = "Production", Action<IServiceCollection>? configure = null,
        Action<WebApplication>? map = null, bool kestrel = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        if (kestrel)
        {
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        var logs = new LogLines();
        builder.Logging.AddProvider(logs);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(TokenRoom.Start));
        builder.Services.AddCambio(builder.Configuration).AddInMemoryStore();
        builder.Services.TryAddSingleton<TokenExchange>();
        builder.Services.AddMetrics().AddProviderHttp();
        builder.Services.TryAddSingleton<CambioMetrics>();
        builder.Services.TryAddSingleton<ProviderMetadata>();
        builder.Services.TryAddSingleton(services => Setup.Registry(services.GetRequiredService<IConfiguration>()));
        configure?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.MapCambio();
        app.MapCambioHealth();
        app.MapGet("/hello", static (ClaimsPrincipal me) => $"Hello {me.Identity?.Name}").RequireAuthorization();
        map?.Invoke(app);
        await app.StartAsync();
        return new DoorHost(app, kestrel ? new HttpClient { BaseAddress = new Uri(app.Urls.First()) } : app.GetTestClient(), logs);
    }

    /// <summary>Signs a user in past the corridor.</summary>
    public async Task<IssuedToken> SignInAsync(Account? account = null)
    {
        Account user = account ?? TokenRoom.Ada;
        Result<IssuedToken> result = await Store.TransactAsync<IssuedToken>(
            async (transaction, cancellationToken) =>
            {
                await transaction.Accounts.TryCreateUserAsync(user, cancellationToken);
                return await Services.GetRequiredService<ITokenIssuer>().IssueAsync(user, TokenRoom.Login, transaction, cancellationToken);
            },
            CancellationToken.None);
        return result.Value!;
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? authorization = null) =>
        SendAsync(HttpMethod.Get, path, authorization: authorization);

    public Task<HttpResponseMessage> PostAsync(string path, string body, string contentType) =>
        SendAsync(HttpMethod.Post, path, new ByteArrayContent(Encoding.UTF8.GetBytes(body)), contentType);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, string? contentType = null, string? authorization = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (contentType is not null)
        {
            content!.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
