using System.Security.Cryptography;
using System.Text;
using Cambio.Identities;

namespace Cambio.Pipeline;

/// <summary>Usernames for new users: from the provider, reduced to safe characters, then with random endings until one is free.</summary>
internal static class Usernames
{
    private const int MaxLength = 30;

    /// <summary>Candidates, best first; the last are free for all practical purposes.</summary>
    public static IEnumerable<string> For(ExternalIdentity identity)
    {
        string wish = Reduce(identity.PreferredUsername) ?? Reduce(identity.Name) ?? Reduce(identity.GivenName) ?? "user";
        yield return wish;
        for (int digits = 4; digits <= 16; digits += 4)
        {
            yield return $"{wish}-{RandomNumberGenerator.GetString("0123456789", digits)}";
        }
    }

    /// <summary>Letters without accents, digits, <c>. _ -</c>; spaces become dots; at most 30. Null when nothing is left.</summary>
    private static string? Reduce(string? wish)
    {
        if (wish is null)
        {
            return null;
        }

        var name = new StringBuilder(MaxLength);
        foreach (char c in wish.Normalize(NormalizationForm.FormD))
        {
            char safe = char.IsWhiteSpace(c) ? '.' : c;
            if (safe == '@' || name.Length == MaxLength)
            {
                // Of an address only the local part may show.
                break;
            }

            if (char.IsAsciiLetterOrDigit(safe) || safe is '.' or '_' or '-')
            {
                name.Append(safe);
            }
        }

        string result = name.ToString().Trim('.', '_', '-');
        return result.Length == 0 ? null : result;
    }
}
