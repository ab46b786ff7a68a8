using System.Text;

namespace Cambio.Testing.Simulation;

/// <summary>What a free text says of a person: a name, its parts, and a handle that no other text has.</summary>
internal sealed record PersonName(string Full, string Given, string Family, string Handle)
{
    private const int MaxHandle = 32;

    public static PersonName Of(string text, string provider)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string given = words.Length == 0 ? text : Capital(words[0]);
        string family = words.Length < 2 ? "Example" : string.Join(' ', words.Skip(1).Select(Capital));
        string handle = Handled(text);
        if (handle != text)
        {
            // Two texts that come to the same handle are two people.
            string mark = Convert.ToHexStringLower(SubjectShape.Bytes(provider, text, 3));
            handle = handle.Length == 0 ? $"user-{mark}" : $"{handle}-{mark}";
        }

        return new PersonName($"{given} {family}", given, family, handle);
    }

    public override string ToString() => "name [redacted]";

    private static string Handled(string text)
    {
        var handle = new StringBuilder();
        foreach (char c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                handle.Append(c);
            }
            else if (handle.Length > 0 && handle[^1] != '-')
            {
                handle.Append('-');
            }
        }

        return handle.ToString(0, Math.Min(handle.Length, MaxHandle)).TrimEnd('-');
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
