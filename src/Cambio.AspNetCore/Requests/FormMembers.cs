using System.Text;

namespace Cambio.AspNetCore.Requests;

/// <summary>Reads an <c>application/x-www-form-urlencoded</c> body (WHATWG URL 5.1), strictly: what is no UTF-8 is refused, not replaced.</summary>
internal static class FormMembers
{
    /// <summary>The private reason of what is no percent-encoded UTF-8.</summary>
    public const string Undecodable = "form_undecodable";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly ExchangeError NotForm = ExchangeError.InvalidRequest(
        "The body is not a form: write name=value pairs with & between them, percent-encoded UTF-8.", Undecodable);

    public static Result<MemberSet> Read(ReadOnlySpan<byte> body)
    {
        var members = new MemberSet();
        foreach (Range range in body.Split((byte)'&'))
        {
            ReadOnlySpan<byte> pair = body[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            int equals = pair.IndexOf((byte)'=');
            string? name = Decode(equals < 0 ? pair : pair[..equals]);
            string? value = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
            if (name is null || value is null)
            {
                return NotForm;
            }

            if (members.Add(name, value) is { } refusal)
            {
                return refusal;
            }
        }

        return members;
    }

    /// <summary>The text of a name or a value; null when it is no percent-encoded UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<byte> text)
    {
        byte[] bytes = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes[length++] = text[i] == '+' ? (byte)' ' : text[i];
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                bytes[length++] = (byte)((Digit(text[i + 1]) << 4) | Digit(text[i + 2]));
                i += 2;
            }
            else
            {
                return null;
            }
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
