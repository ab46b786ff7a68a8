using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Credentials;

/// <summary>What ties an ID token to the request that it answers and to the access token that it came with.</summary>
internal static class IdTokenBinding
{
    /// <summary>Whether the nonce is the request's (OpenID Connect Core 3.1.3.7, step 11); SDKs of phones put its hash into the request.</summary>
    /// <param name="claims">The token's claims.</param>
    /// <param name="sent">The raw nonce that the caller sent.</param>
    /// <param name="comparison">How the two are compared.</param>
    /// <param name="isBare">The token was handed over by itself: then it has a nonce exactly if one was sent, or a thief would just leave it out.</param>
    public static bool HasNonce(JsonElement claims, string? sent, NonceComparison comparison, bool isBare)
    {
        if (sent is null)
        {
            // Some write an empty one where none was sent.
            return !isBare || !claims.TryGetProperty("nonce", out JsonElement bound) || (bound.ValueKind == JsonValueKind.String && bound.ValueEquals(""));
        }

        string? nonce = JsonText.Member(claims, "nonce");
        if (nonce == sent || nonce is null || comparison == NonceComparison.Exact)
        {
            return nonce == sent;
        }

        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(sent));
        return nonce == Base64Url.EncodeToString(hash) || nonce.Equals(Convert.ToHexStringLower(hash), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether <c>at_hash</c>, where the token has it, is the access token's (OpenID Connect Core 3.1.3.6).</summary>
    public static bool HasAccessToken(JsonElement claims, string? accessToken, string algorithm)
    {
        if (accessToken is null || !claims.TryGetProperty("at_hash", out _))
        {
            return true;
        }

        byte[] bytes = Encoding.ASCII.GetBytes(accessToken);
        byte[] hash = algorithm[^3..] switch
        {
            "384" => SHA384.HashData(bytes),
            "512" => SHA512.HashData(bytes),
            _ => SHA256.HashData(bytes),
        };
        return JsonText.Member(claims, "at_hash") == Base64Url.EncodeToString(hash.AsSpan(0, hash.Length / 2));
    }

    /// <summary>The mark that the token leaves: of what is signed, since one content can have many valid signatures.</summary>
    public static ReplayMark Mark(Provider provider, CompactJws token)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"id_token {provider.Id} {token.SignedPart}"));
        return new ReplayMark(Base64Url.EncodeToString(hash), JwtTimes.End(token.Payload));
    }
}
