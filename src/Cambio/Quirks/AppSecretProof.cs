using System.Security.Cryptography;
using System.Text;
using Cambio.Providers;

namespace Cambio.Quirks;

/// <summary>
/// Proves beside the user's token that the caller holds the client secret: HMAC-SHA256 of the token under the secret, in hex
/// (Facebook, "Securing Graph API Requests").
/// </summary>
internal sealed class AppSecretProof : IQuirk
{
    public string Name => "appsecret_proof";

    public void Sign(ProviderRequest request, Provider provider, string accessToken, DateTimeOffset now)
    {
        byte[] key = Encoding.UTF8.GetBytes(provider.ClientSecret ?? "");
        byte[] proof = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(accessToken));
        request.AddQuery("appsecret_proof", Convert.ToHexStringLower(proof));
    }
}
