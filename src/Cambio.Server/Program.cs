using Cambio.AspNetCore;
using Cambio.Server;
using Cambio.Server.Sandbox;
using Microsoft.Extensions.Configuration.Json;

try
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

    // What the server ships with comes first, wherever it is started from; everything else is laid over it.
    var defaults = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, "appsettings.json") };
    defaults.ResolveFileProvider();
    builder.Configuration.Sources.Insert(0, defaults);
    builder.WebHost.ConfigureKestrel(static kestrel =>
    {
        kestrel.AddServerHeader = false;

        // The doors take 64 KiB. Up to this the rest is read and dropped, so that the caller gets to see the 413 and no broken connection.
        kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
    });

    if (builder.Environment.IsDevelopment())
    {
        // That the key ring lies in clear beside the data is news to an operator, not to a newcomer.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    // Until the start is through, what fails comes out of it as an exception; the host's own copy would be a second telling.
    bool started = false;
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Warning);
    builder.Services.AddCambio(builder.Configuration).AddStore(builder.Configuration);
    builder.Services.AddSandbox(builder.Configuration);
    builder.Services.AddOpenApiDocument();

    WebApplication app = builder.Build();
    app.MapCambio();
    app.MapCambioHealth();
    app.MapOpenApi();
    app.MapSandbox();
    await app.StartAsync();
    started = true;
    Banner.Print(app.Services, Console.Out);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (StartMistakes.Of(exception) is { Length: > 0 } mistakes && StartMistakes.AreOurs)
{
    StartMistakes.Print(mistakes, Console.Error);
    return 1;
}
