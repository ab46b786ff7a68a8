using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Cambio.Tokens;

/// <summary>The text of a refresh token, and the hash that the store keeps of it.</summary>
/// <param name="Text">256 random bits, base64url.</param>
/// <param name="Hash">The SHA-256 of the text, not of the bits: no second spelling of the same bits leads to it.</param>
internal sealed record RefreshTokenSecret(string Text, byte[] Hash)
{
    private const int Length = 43;

    public static RefreshTokenSecret New()
    {
        string text = RandomText.Of(bits: 256);
        return new(text, HashOf(text));
    }

    /// <summary>Whether the text can be a refresh token at all, so that the store is not asked for what is none.</summary>
    public static bool HasForm(string text) => text.Length == Length;

    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public override string ToString() => "refresh token [redacted]";
}

/// <summary>Unguessable texts.</summary>
internal static class RandomText
{
    public static string Of(int bits) => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(bits / 8));
}
