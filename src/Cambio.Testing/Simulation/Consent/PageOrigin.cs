namespace Cambio.Testing.Simulation.Consent;

/// <summary>Tells our own page's form from one on a page of somebody else's.</summary>
internal static class PageOrigin
{
    /// <summary>Whether the call is no browser's, or comes from a page of the same origin, under a name that can mean no other machine.</summary>
    public static bool IsOurs(SimulatedRequest request) => IsLoopback(request) && IsSame(request);

    // A name that somebody else resolves to this machine makes a page of theirs the same origin.
    private static bool IsLoopback(SimulatedRequest request) =>
        !request.Headers.TryGetValue("Host", out string? host) || (Uri.TryCreate($"http://{host}", UriKind.Absolute, out Uri? address) && address.IsLoopback);

    private static bool IsSame(SimulatedRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out string? site))
        {
            return site == "same-origin";
        }

        return !request.Headers.TryGetValue("Origin", out string? origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && from.Authority == request.Headers.GetValueOrDefault("Host"));
    }
}
