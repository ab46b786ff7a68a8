using Cambio.AspNetCore;
using Cambio.Server;
using Cambio.Server.Commands;
using Cambio.Server.Sandbox;

if (CommandLine.IsCommand(args))
{
    return await CommandLine.RunAsync(args, Console.Out, Console.Error);
}

try
{
    WebApplicationBuilder builder = ServerBuilder.Create(args);

    // Until the start is through, what fails comes out of it as an exception; the host's own copy would be a second telling.
    bool started = false;
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Warning);

    WebApplication app = builder.Build();
    app.MapCambio(ServerBuilder.Prefix);
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
