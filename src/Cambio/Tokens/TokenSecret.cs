using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cambio.Tokens;

/// <summary>The text of a refresh token, an API token or a code of ours, and the hash that the store keeps of it.</summary>
/// <param name="Text">256 random bits, base64url; an API token's behind its prefix.</param>
/// <param name="Hash">The SHA-256 of the text, not of the bits: no second spelling of the same bits leads to it.</param>
internal sealed record TokenSecret(string Text, byte[] Hash)
{
    // So that scanners for leaked secrets know one when they see it.
    private const string ApiTokenPrefix = "cambio_";
    private const int Length = 43;

    public static TokenSecret New() => Of(RandomText.Of(bits: 256));

    public static TokenSecret NewApiToken() => Of(ApiTokenPrefix + RandomText.Of(bits: 256));

    /// <summary>Whether the text can be a refresh token or a code at all, so that the store is not asked for what is none.</summary>
    public static bool HasForm(string text) => text.Length == Length;

    /// <summary>Whether the text can be an API token. Nothing else of ours has that form.</summary>
    public static bool HasApiTokenForm(string text) =>
        text.Length == ApiTokenPrefix.Length + Length && text.StartsWith(ApiTokenPrefix, StringComparison.Ordinal);

    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public override string ToString() => "secret [redacted]";

    private static TokenSecret Of(string text) => new(text, HashOf(text));
}

/// <summary>Unguessable texts.</summary>
internal static class RandomText
{
    public static string Of(int bits) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bits / 8));
}
