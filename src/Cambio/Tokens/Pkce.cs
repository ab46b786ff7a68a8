using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cambio.Tokens;

/// <summary>Proof key for code exchange, RFC 7636. S256 alone: <c>plain</c> proves nothing to whoever sees the request.</summary>
internal static class Pkce
{
    // RFC 7636 4.1: unreserved characters of RFC 3986.
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Whether the verifier is well formed and the challenge was made from it (RFC 7636 4.6).</summary>
    public static bool Matches(string verifier, string challenge) =>
        verifier.Length is >= 43 and <= 128
        && !verifier.AsSpan().ContainsAnyExcept(Unreserved)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Challenge(verifier)), Encoding.ASCII.GetBytes(challenge));

    /// <summary>The challenge of a verifier (RFC 7636 4.2).</summary>
    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
