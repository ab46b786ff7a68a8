using System.Collections.Frozen;

namespace Cambio.Providers;

/// <summary>Names of members that hold what a user can change, or what another user can get later: no identity may hang on them.</summary>
internal static class MutableWords
{
    private static readonly FrozenSet<string> All = new[]
    {
        "email", "emailaddress", "mail", "primaryemail", "useremail", "accountemail", "defaultemail",
        "login", "loginname", "username", "preferredusername", "screenname", "nickname", "nick", "handle", "slug", "vanity",
        "uniquename", "samaccountname", "profileurl", "upn", "userprincipalname", "name", "displayname", "fullname", "phone", "phonenumber", "mobile", "mobilephone",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Lists = ["emails", "mails", "emailaddresses"];

    /// <summary>The first such member that a path ends in or a template names; null for none.</summary>
    public static string? FirstIn(string expression)
    {
        IEnumerable<string> paths = ProviderTemplate.IsTemplate(expression) ? ProviderTemplate.Names(expression) : [expression];
        return paths.FirstOrDefault(path => ProviderPath.TryParse(path, out ProviderPath? parsed) && IsMutable([.. parsed!.Names]));
    }

    // The last name says what the value is, and a list of addresses is one whatever its items are called.
    private static bool IsMutable(string[] names) =>
        names.Length > 0 && (All.Contains(Plain(names[^1])) || names.Any(name => Lists.Contains(Plain(name))));

    private static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
