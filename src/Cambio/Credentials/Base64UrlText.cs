using System.Buffers;
using System.Buffers.Text;

namespace Cambio.Credentials;

/// <summary>Reads base64url as RFC 7515 2 has it: no padding, no line breaks, no other character; one text only for the same bytes.</summary>
internal static class Base64UrlText
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The bytes, or null where the text is none.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.ContainsAnyExcept(Alphabet))
        {
            return null;
        }

        byte[] buffer = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        OperationStatus status = Base64Url.DecodeFromChars(text, buffer, out _, out int written);
        return status == OperationStatus.Done ? buffer[..written] : null;
    }
}
