using System.Text;
using Cambio.Identities;

namespace Cambio.Pipeline;

/// <summary>
/// Words the mail with a code. Its reader may be somebody whose address a stranger typed, so it says who asks for what; of the stranger's
/// name only what can neither be a link nor pass for a sentence of ours.
/// </summary>
internal static class EmailConfirmationMail
{
    private const int LongestName = 30;

    public static EmailMessage Write(string to, string code, string application, string provider, ExternalIdentity identity)
    {
        string account = Name(identity) is { } name ? $"the {provider} account \"{name}\"" : $"a {provider} account";
        return new EmailMessage(
            to,
            $"Confirm your address at {application}",
            $"""
            Somebody is signing in to {application} with {account} and says that this address is theirs.

            If that is you, enter this code where you are signing in, in the next minutes:

                {code}

            It gives that {provider} account your address at {application}, and the account there that you may have with it.
            If it is not you, do nothing and give the code to nobody: without it nothing happens.

            """.ReplaceLineEndings("\n"));
    }

    private static string? Name(ExternalIdentity identity)
    {
        string text = identity.PreferredUsername ?? identity.Name ?? "";
        var name = new StringBuilder(LongestName);
        foreach (Rune rune in text.EnumerateRunes())
        {
            Rune shown = Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' ? rune : new Rune(' ');
            if (name.Length + shown.Utf16SequenceLength > LongestName)
            {
                break;
            }

            name.Append(shown);
        }

        string result = name.ToString().Trim();
        return result.Length == 0 ? null : result;
    }
}
