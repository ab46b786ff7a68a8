using System.Text.RegularExpressions;
using Cambio.Identities;
using Cambio.Storage;

namespace Cambio.Accounts;

/// <summary>A claim of the profile that users may set themselves.</summary>
/// <param name="Name">Its name in OpenID Connect.</param>
/// <param name="Rule">What its text must be, to be read behind the name.</param>
/// <param name="Clean">The text as it is kept, or null for one that breaks the rule.</param>
/// <param name="Read">Its value in an account.</param>
/// <param name="Write">The account with another value.</param>
internal sealed partial record EditableClaim(
    string Name, string Rule, Func<string, string?> Clean, Func<Account, string?> Read, Func<Account, string?, Account> Write)
{
    public static EditableClaim PreferredUsername { get; } = new(
        "preferred_username",
        $"must be 1 to {UsernameText.MaxLength} of the characters A-Z, a-z, 0-9, '.', '_' and '-', a letter or digit at both ends",
        static text => UsernameText.Reduce(text) == text ? text : null,
        static account => account.PreferredUsername,
        static (account, value) => account with { PreferredUsername = value });

    public static IReadOnlyList<EditableClaim> All { get; } =
    [
        new("name", "must be text that can be shown", CleanText.Name, static account => account.Name, static (account, value) => account with { Name = value }),
        new("given_name", "must be text that can be shown", CleanText.ShortName, static account => account.GivenName, static (account, value) => account with { GivenName = value }),
        new("family_name", "must be text that can be shown", CleanText.ShortName, static account => account.FamilyName, static (account, value) => account with { FamilyName = value }),
        PreferredUsername,
        new("picture", "must be an https address of at most 2000 characters", CleanText.WebAddress, static account => account.Picture, static (account, value) => account with { Picture = value }),
        new("locale", "must be a BCP 47 language tag such as de or pt-BR", LanguageTag, static account => account.Locale, static (account, value) => account with { Locale = value }),
    ];

    /// <summary>RFC 5646 2.1 by its form: subtags of at most eight letters and digits, the first one of letters.</summary>
    private static string? LanguageTag(string text) => TagForm().IsMatch(text) ? CleanText.LanguageTag(text) : null;

    [GeneratedRegex(@"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex TagForm();
}
