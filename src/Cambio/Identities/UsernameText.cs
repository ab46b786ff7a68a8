using System.Text;

namespace Cambio.Identities;

/// <summary>What a username of ours may look like.</summary>
internal static class UsernameText
{
    public const int MaxLength = 30;

    /// <summary>Letters without accents, digits, <c>. _ -</c>; spaces become dots; at most 30. Null when nothing is left.</summary>
    public static string? Reduce(string? wish)
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
