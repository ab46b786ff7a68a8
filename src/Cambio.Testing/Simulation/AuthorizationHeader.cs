using System.Text;

namespace Cambio.Testing.Simulation;

/// <summary>Reads the <c>Authorization</c> header of a call.</summary>
internal static class AuthorizationHeader
{
    /// <summary>The token of RFC 6750 2.1, or null.</summary>
    public static string? Bearer(SimulatedRequest request) => Credentials(request, "Bearer ");

    /// <summary>Client id and secret of RFC 7617, or null.</summary>
    public static (string Id, string Secret)? Basic(SimulatedRequest request)
    {
        if (Credentials(request, "Basic ") is not { } encoded)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out int length) && Encoding.UTF8.GetString(bytes[..length]).Split(':', 2) is [var id, var secret]
            ? (id, secret)
            : null;
    }

    private static string? Credentials(SimulatedRequest request, string scheme) =>
        request.Headers.TryGetValue("Authorization", out string? header)
        && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && header.Length > scheme.Length
            ? header[scheme.Length..]
            : null;
}
