namespace Cambio.Storage;

/// <summary>How e-mail addresses are compared.</summary>
public static class EmailAddress
{
    /// <summary>Whether both are there and are the same address, as <see cref="Normalize"/> writes it.</summary>
    /// <param name="one">An address.</param>
    /// <param name="other">Another.</param>
    public static bool AreSame(string? one, string? other) => one is not null && other is not null && Normalize(one) == Normalize(other);

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
