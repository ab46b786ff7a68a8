using Cambio.Identities;
using Cambio.Providers;
using Cambio.Quirks;
using Cambio.Server.Sandbox;
using Microsoft.Extensions.Options;

namespace Cambio.Server.Commands.Doctor;

/// <summary><c>doctor</c>: reads the server's settings, asks the providers that they turn on, and says of each what is to be mended. Serves nothing.</summary>
internal static class DoctorCommand
{
    private const int AtOnce = 8;

    public static async Task<int> RunAsync(string[] settings, TextWriter output, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = ServerBuilder.Create(settings);
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        DoctorLine[] lines = await ExamineAsync(app.Services, cancellationToken);
        int width = lines.Select(line => line.Subject.Length).DefaultIfEmpty().Max();
        foreach (DoctorLine line in lines)
        {
            output.WriteLine(line.Write(width));
        }

        int wrong = lines.Count(line => line.Verdict == Verdict.Wrong);
        output.WriteLine(wrong == 0 ? "All is well." : $"To mend: {wrong}.");
        return wrong == 0 ? 0 : 1;
    }

    private static async Task<DoctorLine[]> ExamineAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        Checkup checkup = CheckupOf(services);
        IReadOnlyList<IConfigurationSection> configured = checkup.Configured();
        var examined = new (DoctorLine Line, IReadOnlyList<string> Mistakes)[configured.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, configured.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) => examined[i] = await checkup.ExamineAsync(configured[i], token));

        // What stops the start and is no single provider's.
        IEnumerable<string> others = services.GetServices<IStartCheck>().SelectMany(check => check.Mistakes())
            .Except(examined.SelectMany(provider => provider.Mistakes), StringComparer.Ordinal);
        return
        [
            .. others.Select(mistake => new DoctorLine(Verdict.Wrong, "settings", mistake)),
            .. examined.Select(provider => provider.Line),
            .. Others(services, [.. configured.Select(section => section.Key)]),
        ];
    }

    private static IEnumerable<DoctorLine> Others(IServiceProvider services, string[] configured)
    {
        if (SandboxRegistration.IsEnabled(services.GetRequiredService<IConfiguration>()))
        {
            int played = services.GetRequiredService<ProviderCatalog>().Ids.Except(configured, StringComparer.OrdinalIgnoreCase).Count();
            yield return new DoctorLine(Verdict.Ok, "sandbox", $"Plays {played} providers that have no client id of their own; nothing is to be registered for those.");
        }
        else if (configured.Length == 0)
        {
            yield return new DoctorLine(Verdict.Off, "providers", "None is on: set Cambio:Providers:{id}:ClientId, and what the command providers {id} names beside it.");
        }
    }

    private static Checkup CheckupOf(IServiceProvider services)
    {
        IOptions<CambioOptions> options = services.GetRequiredService<IOptions<CambioOptions>>();
        IConfiguration configuration = services.GetRequiredService<IConfiguration>();

        // Values that the start refuses are told with the other settings; here they only must not stand in the way.
        TimeSpan timeout = TimeSpan.FromSeconds(Math.Clamp(options.Value.Http.Timeout.TotalSeconds, 1, 60));
        Uri? simulator = Uri.TryCreate(options.Value.Http.Simulator, UriKind.Absolute, out Uri? said) && said?.Scheme is "http" or "https" ? said : null;
        return new Checkup(
            configuration,
            services.GetRequiredService<ProviderCatalog>(),
            services.GetRequiredService<QuirkRegistry>().Words(Transforms.Names),
            new ProviderProbe(services.GetRequiredService<ProviderHttp>(), services.GetRequiredService<ProviderMetadata>(), services.GetRequiredService<TimeProvider>(), timeout),
            new StartAddress(configuration, options),
            simulator);
    }
}
