using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore;

/// <summary>Refuses a simulator in earnest: whoever runs it could be anybody.</summary>
internal sealed class SimulatorStartCheck(IHostEnvironment environment, IOptions<CambioOptions> options) : IStartCheck
{
    public IEnumerable<string> Mistakes() =>
        options.Value.Http.Simulator is { Length: > 0 } && !environment.IsDevelopment()
            ? [$"Cambio:Http:Simulator is for the Development environment alone, and this is {environment.EnvironmentName}: remove the setting."]
            : [];
}
