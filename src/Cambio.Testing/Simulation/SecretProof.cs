using System.Security.Cryptography;
using System.Text;

namespace Cambio.Testing.Simulation;

/// <summary>The HMAC of a token under the client secret that some providers demand beside the token.</summary>
internal static class SecretProof
{
    private const string Quirk = "appsecret_proof";

    /// <summary>Whether the provider demands it and it is not there, or is wrong.</summary>
    public static bool IsMissing(SimulationContext context, SimulatedRequest request, Grant grant)
    {
        if (context.Definition.Quirk != Quirk)
        {
            return false;
        }

        byte[] key = Encoding.UTF8.GetBytes(context.Clients.Secret(grant.ClientId));
        string expected = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(grant.Value)));
        return request.Query.GetValueOrDefault(Quirk) != expected;
    }
}
