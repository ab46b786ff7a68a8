using Cambio.Providers;
using Cambio.Tokens;
using Microsoft.Extensions.Options;

namespace Cambio.Server;

/// <summary>What the server says when it has started: where it is, what it takes, and one call to try.</summary>
internal static class Banner
{
    private const int MostProviders = 12;

    public static void Print(IServiceProvider services, TextWriter output)
    {
        IEnumerable<string> lines = Lines(
            services.GetRequiredService<IPublicAddress>().Value,
            services.GetRequiredService<IHostEnvironment>().EnvironmentName,
            services.GetRequiredService<ProviderRegistry>().All,
            services.GetRequiredService<IOptions<CambioOptions>>().Value.Pipeline,
            services.GetRequiredService<IConfiguration>().GetValue<bool>("Cambio:Sandbox:Enabled"));
        output.WriteLine(string.Join(Environment.NewLine, lines));
    }

    internal static IEnumerable<string> Lines(string address, string environment, IReadOnlyList<Provider> providers, string pipeline, bool sandbox)
    {
        string root = address.TrimEnd('/');
        yield return $"Cambio is at {address} ({environment}). OpenAPI: {root}/openapi/v1.json";
        yield return "Providers: " + providers.Count switch
        {
            0 => "none. Set Cambio:Providers:{id}:ClientId and ClientSecret, or start with --Cambio:Sandbox:Enabled=true in Development.",
            > MostProviders => $"{providers.Count} are on; {root}/auth/providers lists them and what each accepts.",
            _ => string.Join(", ", providers.Select(static provider => $"{provider.Id} ({string.Join(' ', provider.Accepts)})")),
        };
        yield return $"Pipeline: {string.Join(", ", TextList.Split(pipeline))}";
        if (providers.MaxBy(static provider => (provider.Accepts.Count, provider.Definition.Agreement)) is { } first)
        {
            yield return sandbox
                ? $"Try: curl -d user=ada {root}/sandbox/{first.Id}"
                : $"Try: curl -d {first.Accepts[0]}=... {root}/auth/{first.Id}";
        }
    }
}
