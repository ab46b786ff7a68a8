namespace Cambio.Testing.Simulation.Consent;

/// <summary>Reads the address that an application sends a browser to: the provider's own, or that of a simulator which plays it.</summary>
internal static class AuthorizationUrl
{
    /// <summary>The request that a browser would make there.</summary>
    /// <exception cref="ArgumentException">Something else stands at the address.</exception>
    public static SimulatedRequest Read(string url, SimulatedEndpoint endpoint) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && Candidates(address).FirstOrDefault(endpoint.IsAt) is { } request
            ? request
            : throw new ArgumentException($"The address is not that of the authorization endpoint, {endpoint.Template}.", nameof(url));

    private static IEnumerable<SimulatedRequest> Candidates(Uri address)
    {
        string[] segments = [.. address.AbsolutePath.Split('/').Select(Uri.UnescapeDataString)];
        yield return Get(address.Authority, string.Join('/', segments), address);
        for (int i = 1; i < segments.Length; i++)
        {
            yield return Get(segments[i], $"/{string.Join('/', segments[(i + 1)..])}", address);
        }
    }

    private static SimulatedRequest Get(string host, string path, Uri address) =>
        SimulatedRequest.Create("GET", host, path, address.Query, new Dictionary<string, string>(), "");
}
