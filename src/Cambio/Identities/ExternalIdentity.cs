namespace Cambio.Identities;

/// <summary>Who signed in, in OpenID Connect's words (Core 5.1), whatever the provider called it.</summary>
public sealed record ExternalIdentity
{
    /// <summary>The provider's id.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's stable id of the user. Never empty; compared byte for byte.</summary>
    public required string Subject { get; init; }

    /// <summary>The handle that the user goes by there.</summary>
    public string? PreferredUsername { get; init; }

    /// <summary>The full name.</summary>
    public string? Name { get; init; }

    /// <summary>The given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>The family name.</summary>
    public string? FamilyName { get; init; }

    /// <summary>The e-mail address; worth nothing without <see cref="EmailVerified"/> and <see cref="EmailTrusted"/>.</summary>
    public string? Email { get; init; }

    /// <summary>The provider says that the user holds <see cref="Email"/>.</summary>
    public bool EmailVerified { get; init; }

    /// <summary><see cref="EmailVerified"/>, and the provider is trusted to know that for this address: good enough to link accounts.</summary>
    public bool EmailTrusted { get; init; }

    /// <summary>The provider gave no address: the user proved <see cref="Email"/> to this application.</summary>
    public bool EmailIsUsersOwn { get; init; }

    /// <summary>The address of a picture (https).</summary>
    public string? Picture { get; init; }

    /// <summary>The language, a BCP 47 tag.</summary>
    public string? Locale { get; init; }

    /// <summary>The address of the user's page there (https).</summary>
    public string? Profile { get; init; }

    /// <summary>Provider and kind of data only; who it is stays out of logs.</summary>
    public override string ToString() => $"{Provider} identity [redacted]";
}
