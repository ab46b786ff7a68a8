using Cambio.AspNetCore;
using Cambio.Server.Sandbox;
using Microsoft.Extensions.Options;

namespace Cambio.Server.Commands.Doctor;

/// <summary>The address that the world will know the server by, as far as settings tell before it listens.</summary>
internal sealed class StartAddress(IConfiguration configuration, IOptions<CambioOptions> options)
{
    // What Kestrel listens on when nobody says anything.
    private const string Unsaid = "http://localhost:5000";

    public string Value { get; } = (options.Value.PublicUrl ?? Find(configuration)).TrimEnd('/');

    private static string Find(IConfiguration configuration)
    {
        string first = ListenAddresses.Configured(configuration).FirstOrDefault() ?? Unsaid;
        try
        {
            return PublicAddress.Choose(first, first);
        }
        catch (FormatException)
        {
            // No server starts with it; a setting that is wrong is shown as it stands.
            return first;
        }
    }
}
