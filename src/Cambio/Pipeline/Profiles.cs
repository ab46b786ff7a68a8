using Cambio.Identities;
using Cambio.Storage;

namespace Cambio.Pipeline;

/// <summary>Copies an identity's claims into an account.</summary>
internal static class Profiles
{
    /// <summary>A new account's profile.</summary>
    /// <param name="account">The empty account.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="keepEmail">False where the address is another account's.</param>
    public static Account Fill(Account account, ExternalIdentity identity, bool keepEmail) => account with
    {
        Name = identity.Name,
        GivenName = identity.GivenName,
        FamilyName = identity.FamilyName,
        Email = keepEmail ? identity.Email : null,
        EmailVerified = keepEmail && identity.EmailVerified,
        EmailProven = keepEmail && identity.EmailTrusted,
        Picture = identity.Picture,
        Locale = identity.Locale,
        Profile = identity.Profile,
        ProfileSource = identity.Provider,
        Edited = keepEmail && identity.EmailIsUsersOwn ? "email" : "",
    };

    /// <summary>
    /// A later login's profile: the provider that the account came from keeps it up to date, another one only fills gaps. What the user set
    /// stays, what the provider no longer says stays, and the address never moves (it is what accounts are found by).
    /// </summary>
    public static Account Update(Account account, ExternalIdentity identity)
    {
        bool leads = account.ProfileSource is null || account.ProfileSource == identity.Provider;
        string? Choose(string claim, string? mine, string? theirs) =>
            theirs is null || account.HasEdited(claim) || (mine is not null && !leads) ? mine : theirs;

        return account with
        {
            Name = Choose("name", account.Name, identity.Name),
            GivenName = Choose("given_name", account.GivenName, identity.GivenName),
            FamilyName = Choose("family_name", account.FamilyName, identity.FamilyName),
            Picture = Choose("picture", account.Picture, identity.Picture),
            Locale = Choose("locale", account.Locale, identity.Locale),
            Profile = Choose("profile", account.Profile, identity.Profile),
        };
    }
}
