using Cambio.AspNetCore;
using Cambio.Providers;
using Cambio.Server.Sandbox;
using Cambio.Testing;
using Cambio.Tests.Catalog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.Server;

/// <summary>The sandbox alone on a free loopback port, with the catalogue's providers behind it.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private SandboxHost(WebApplication app)
    {
        this.app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public ProviderRegistry Registry => app.Services.GetRequiredService<ProviderRegistry>();

    /// <summary>Plays whoever the registry found, so that one is asked first.</summary>
    public ProviderSimulator Simulator => Registry.All.Count > 0 ? app.Services.GetRequiredService<ProviderSimulator>() : throw new InvalidOperationException("Nobody is on.");

    public static async Task<SandboxHost> StartAsync(
        string environment = "Development", string url = "http://127.0.0.1:0", Action<IWebHostBuilder>? configure = null, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            settings.Append((Key: "Cambio:Sandbox:Enabled", Value: "true")).Append((Key: "urls", Value: url))
                .DistinctBy(setting => setting.Key).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.WebHost.UseUrls(url);
        configure?.Invoke(builder.WebHost);
        builder.Services.AddSingleton<StartGate>();
        builder.Services.AddSingleton(new ProviderCatalog());
        builder.Services.AddSingleton(services => new ProviderRegistry(
            builder.Configuration,
            services.GetRequiredService<ProviderCatalog>(),
            Folders.Words,
            services.GetRequiredService<IOptions<CambioOptions>>(),
            NullLogger<ProviderRegistry>.Instance,
            services.GetService<IProviderSource>()));
        builder.Services.AddSandbox(builder.Configuration);
        WebApplication app = builder.Build();
        app.MapSandbox();
        try
        {
            app.Services.GetRequiredService<StartGate>().Pass();
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new SandboxHost(app);
    }

    public async Task<HttpResponseMessage> SignInAsync(string provider, params (string Name, string Value)[] form)
    {
        using var body = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Http.PostAsync($"/sandbox/{provider}", body, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return app.DisposeAsync();
    }
}
