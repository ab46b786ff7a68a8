using Cambio.Storage;

namespace Cambio.Accounts;

/// <summary>What becomes of a profile that its user edits. Pure: account and wishes in, account or refusal out.</summary>
internal static class ProfileEdit
{
    private const int LongestName = 40;

    /// <summary>The account with every wish fulfilled, or the refusal of the first that cannot be.</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="wishes">Texts by the names of claims; null or blank clears.</param>
    public static Result<Account> Apply(Account account, IReadOnlyDictionary<string, string?> wishes)
    {
        Account edited = account;
        foreach ((string name, string? text) in wishes)
        {
            if (EditableClaim.All.FirstOrDefault(claim => claim.Name == name) is not { } claim)
            {
                return ExchangeError.InvalidRequest($"{Quote(name)} cannot be set here: send any of {string.Join(", ", EditableClaim.All.Select(static known => known.Name))}.");
            }

            string? wish = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
            string? value = wish is null || wish == claim.Read(account) ? wish : claim.Clean(wish);
            if (wish is not null && value is null)
            {
                return ExchangeError.InvalidRequest($"{claim.Name} {claim.Rule}.");
            }

            edited = claim.Write(edited, value);
        }

        return edited with { Edited = Mark(account.Edited, wishes.Keys) };
    }

    // Later logins leave these alone, cleared ones too.
    private static string Mark(string edited, IEnumerable<string> names) =>
        string.Join(' ', edited.Split(' ', StringSplitOptions.RemoveEmptyEntries).Union(names, StringComparer.Ordinal));

    // The caller wrote it: only what reads as a name is repeated.
    private static string Quote(string name) =>
        name.Length is > 0 and <= LongestName && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? name : "A member that the body names";
}
