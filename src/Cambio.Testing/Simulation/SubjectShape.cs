using System.Security.Cryptography;
using System.Text;

namespace Cambio.Testing.Simulation;

/// <summary>Makes ids of a user that look like a provider's: same length, digits for digits, letters for letters, the same for the same name.</summary>
internal static class SubjectShape
{
    private const string Digits = "0123456789";
    private const string Hex = "abcdef";
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>The id of a person at a provider, in the shape of a template.</summary>
    public static string Make(string template, string provider, string person)
    {
        if (template.Length == 0)
        {
            return template;
        }

        // urn:li:person:x7, kind|x7: what stands in front names a kind, not a user.
        int prefix = template.LastIndexOfAny([':', '|', '/']) + 1;
        string body = template[prefix..];
        bool isNumber = body.All(char.IsAsciiDigit);
        string letters = body.Where(char.IsAsciiLetter).All(char.IsAsciiHexDigit) ? Hex : Letters;
        byte[] random = Bytes(provider, person, body.Length);
        var result = new StringBuilder(template, 0, prefix, template.Length);
        for (int i = 0; i < body.Length; i++)
        {
            result.Append(Like(body[i], random[i], letters, noZero: isNumber && i == 0));
        }

        return result.ToString();
    }

    /// <summary>Bytes that a person's name determines, and nothing else does.</summary>
    public static byte[] Bytes(string provider, string person, int count)
    {
        byte[] bytes = new byte[count];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(person), bytes, "cambio simulator"u8, Encoding.UTF8.GetBytes(provider));
        return bytes;
    }

    private static char Like(char sample, byte random, string letters, bool noZero) => sample switch
    {
        _ when noZero => Digits[1 + (random % 9)],
        _ when char.IsAsciiDigit(sample) => Digits[random % 10],
        _ when char.IsAsciiLetterLower(sample) => letters[random % letters.Length],
        _ when char.IsAsciiLetterUpper(sample) => char.ToUpperInvariant(letters[random % letters.Length]),
        _ => sample,
    };
}
