using Cambio.AspNetCore;
using Cambio.Server.Email;
using Cambio.Server.Sandbox;
using Microsoft.Extensions.Configuration.Json;

namespace Cambio.Server;

/// <summary>Puts the server together, up to where it would be built: serving and checking begin alike.</summary>
internal static class ServerBuilder
{
    /// <summary>Where the doors stand.</summary>
    public const string Prefix = "/auth";

    public static WebApplicationBuilder Create(string[] args, StoreUse store = StoreUse.Make)
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

            // Some providers' codes are long; and a callback with a state of 10 KiB is to be refused in words of ours.
            kestrel.Limits.MaxRequestLineSize = 32 * 1024;
        });
        // It writes every address with its query, where codes and tickets stand; whatever else the settings say, no line of ours holds one.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        if (builder.Environment.IsDevelopment())
        {
            // That the key ring lies in clear beside the data is news to an operator, not to a newcomer.
            builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        }

        builder.Services.AddCambio(builder.Configuration).AddStore(builder.Configuration, store);
        builder.Services.AddEmail(builder.Configuration);
        builder.Services.AddSandbox(builder.Configuration);
        builder.Services.AddOpenApiDocument();
        return builder;
    }
}
