namespace Cambio.Storage;

/// <summary>How e-mail addresses are compared.</summary>
public static class EmailAddress
{
    /// <summary>
    /// The form in which two addresses are compared: ASCII letters in lower case, everything else as it is. No dots or plus signs are
    /// dropped, and no Unicode folding is done, so that look-alikes never match.
    /// </summary>
    /// <param name="email">The address.</param>
    public static string Normalize(string email) =>
        string.Create(email.Length, email, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
            }
        });
}
