using Cambio.Storage;

namespace Cambio.Signals;

/// <summary>Takes out of an account what it has from a provider whose user asked to be forgotten.</summary>
internal static class BorrowedProfile
{
    /// <summary>
    /// The account with what the user set, and the address where another login gives the same one. Which provider filled which gap is
    /// not known, so the rest goes whoever leads the profile; the next sign-in by a login that stays fills it anew.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="provider">The provider in question.</param>
    /// <param name="others">The logins that it keeps.</param>
    public static Account Return(Account account, string provider, IReadOnlyCollection<Login> others)
    {
        string? Keep(string claim, string? value) => account.HasEdited(claim) ? value : null;
        bool keepsEmail = account.HasEdited("email") || others.Any(login => EmailAddress.AreSame(login.Email, account.Email));
        bool leads = account.ProfileSource == provider;
        return account with
        {
            PreferredUsername = leads ? Keep("preferred_username", account.PreferredUsername) : account.PreferredUsername,
            Name = Keep("name", account.Name),
            GivenName = Keep("given_name", account.GivenName),
            FamilyName = Keep("family_name", account.FamilyName),
            Picture = Keep("picture", account.Picture),
            Locale = Keep("locale", account.Locale),
            Profile = null,
            Email = keepsEmail ? account.Email : null,
            EmailVerified = keepsEmail && account.EmailVerified,
            EmailProven = keepsEmail && account.EmailProven,
            ProfileSource = leads ? null : account.ProfileSource,
        };
    }
}
