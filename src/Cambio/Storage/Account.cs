namespace Cambio.Storage;

/// <summary>A local user as the pipeline sees it.</summary>
public sealed record Account
{
    /// <summary>The user's id.</summary>
    public required UserRef User { get; init; }

    /// <summary>The username, unique among users without regard to case.</summary>
    public string? PreferredUsername { get; init; }

    /// <summary>The full name.</summary>
    public string? Name { get; init; }

    /// <summary>The given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>The family name.</summary>
    public string? FamilyName { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The provider that gave the address says that the user holds it.</summary>
    public bool EmailVerified { get; init; }

    /// <summary>The address is proven well enough to link by it; no two accounts have the same proven address.</summary>
    public bool EmailProven { get; init; }

    /// <summary>The address of a picture.</summary>
    public string? Picture { get; init; }

    /// <summary>The language, a BCP 47 tag.</summary>
    public string? Locale { get; init; }

    /// <summary>The address of the user's page at a provider.</summary>
    public string? Profile { get; init; }

    /// <summary>The provider whose logins keep the profile up to date; others only fill gaps.</summary>
    public string? ProfileSource { get; init; }

    /// <summary>
    /// The claims that are the user's own, space separated: set by the user, or an <c>email</c> that the user proved to us. Logins leave
    /// them alone.
    /// </summary>
    public string Edited { get; init; } = "";

    /// <summary>Whether a claim is the user's own.</summary>
    /// <param name="claim">Its name, such as <c>given_name</c>.</param>
    public bool HasEdited(string claim) => Edited.Split(' ').Contains(claim, StringComparer.Ordinal);

    /// <summary>The version of the terms that the user accepted last.</summary>
    public string? AcceptedTerms { get; init; }

    /// <summary>The user may not sign in.</summary>
    public bool Disabled { get; init; }

    /// <summary>When the account was opened, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The id only; who it is stays out of logs.</summary>
    public override string ToString() => User.Id;
}

/// <summary>An identity at a provider, linked to a local user.</summary>
/// <param name="Provider">The provider's id.</param>
/// <param name="Subject">The provider's id of the user; compared byte for byte.</param>
/// <param name="User">The local user.</param>
/// <param name="Email">The address that the provider last gave, if any.</param>
/// <param name="LinkedAt">When it was linked, UTC.</param>
/// <param name="LastUsedAt">When it last signed in, UTC.</param>
public sealed record Login(string Provider, string Subject, UserRef User, string? Email, DateTimeOffset LinkedAt, DateTimeOffset LastUsedAt)
{
    /// <summary>The provider only; who it is stays out of logs.</summary>
    public override string ToString() => $"{Provider} login [redacted]";
}

/// <summary>An account that has a certain e-mail address.</summary>
/// <param name="Account">The account.</param>
/// <param name="HasLoginAtProvider">It already has a login at the provider in question.</param>
public sealed record EmailOwner(Account Account, bool HasLoginAtProvider);
