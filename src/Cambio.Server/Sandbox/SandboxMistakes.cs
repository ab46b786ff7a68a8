namespace Cambio.Server.Sandbox;

/// <summary>Keeps the sandbox off every machine but a developer's own: whoever reaches it signs in as anybody.</summary>
internal sealed class SandboxMistakes(IConfiguration configuration, IHostEnvironment environment) : IStartCheck
{
    private const string Key = "Cambio:Sandbox:Enabled";

    /// <summary>The sentence for an address that others can reach.</summary>
    public static string NotLoopback(string address) =>
        $"{Key} is true, and the server listens on {address}, which is not a loopback address; listen on http://127.0.0.1 alone, or turn the sandbox off.";

    public IEnumerable<string> Mistakes()
    {
        if (!SandboxRegistration.IsEnabled(configuration))
        {
            yield break;
        }

        if (!environment.IsDevelopment())
        {
            yield return $"{Key} is true, and the environment is {environment.EnvironmentName}; the sandbox lets anybody sign in as anybody and runs in "
                + "Development alone. Turn it off.";
        }

        foreach (string address in ListenAddresses.Configured(configuration).Where(address => !ListenAddresses.IsLoopback(address)))
        {
            yield return NotLoopback(address);
        }
    }
}
