using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cambio.AspNetCore;

/// <summary>
/// Lets nothing start while the operator's settings have mistakes, and names them all. It stands before the first hosted service is made,
/// since some of those cannot be made from wrong settings.
/// </summary>
internal sealed class StartGate(IEnumerable<IStartCheck> checks, IConfiguration configuration, ILogger<StartGate> logger)
{
    /// <exception cref="OptionsValidationException">There are mistakes; it holds every one.</exception>
    public void Pass()
    {
        string[] mistakes = [.. checks.SelectMany(check => check.Mistakes()).Distinct(StringComparer.Ordinal)];
        if (mistakes.Length > 0)
        {
            throw new OptionsValidationException(nameof(Cambio), typeof(CambioOptions), mistakes);
        }

        foreach (string setting in UnservedSettings.Find(configuration))
        {
            DoorLog.SettingNotServed(logger, setting);
        }
    }
}
