namespace Cambio.Identities;

/// <summary>What one source (userinfo or ID token) says of the user, cleaned.</summary>
internal sealed record MappedClaims
{
    /// <summary>The subject; null where it is missing or unusable.</summary>
    public string? Subject { get; init; }

    public string? PreferredUsername { get; init; }

    public string? Name { get; init; }

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? Email { get; init; }

    public bool EmailVerified { get; init; }

    public string? Picture { get; init; }

    public string? Locale { get; init; }

    public string? Profile { get; init; }

    /// <summary>These claims, gaps filled from others. An address never parts from its verified flag.</summary>
    public MappedClaims FillFrom(MappedClaims other) => this with
    {
        PreferredUsername = PreferredUsername ?? other.PreferredUsername,
        Name = Name ?? other.Name,
        GivenName = GivenName ?? other.GivenName,
        FamilyName = FamilyName ?? other.FamilyName,
        Email = Email ?? other.Email,
        EmailVerified = Email is null ? other.EmailVerified : EmailVerified,
        Picture = Picture ?? other.Picture,
        Locale = Locale ?? other.Locale,
        Profile = Profile ?? other.Profile,
    };

    public override string ToString() => "claims [redacted]";
}
