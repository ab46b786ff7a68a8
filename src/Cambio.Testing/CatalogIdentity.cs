using System.Text.Json.Serialization;

namespace Cambio.Testing;

/// <summary>The identity that a case expects, in OpenID Connect's words; what is absent must not come out.</summary>
public sealed record CatalogIdentity
{
    /// <summary>The provider's id of the user.</summary>
    [JsonPropertyName("sub")]
    public required string Subject { get; init; }

    /// <summary>The handle.</summary>
    [JsonPropertyName("preferred_username")]
    public string? PreferredUsername { get; init; }

    /// <summary>The full name.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>The given name.</summary>
    [JsonPropertyName("given_name")]
    public string? GivenName { get; init; }

    /// <summary>The family name.</summary>
    [JsonPropertyName("family_name")]
    public string? FamilyName { get; init; }

    /// <summary>The e-mail address.</summary>
    [JsonPropertyName("email")]
    public string? Email { get; init; }

    /// <summary>Whether the provider saw that the user holds the address.</summary>
    [JsonPropertyName("email_verified")]
    public bool EmailVerified { get; init; }

    /// <summary>The address of a picture.</summary>
    [JsonPropertyName("picture")]
    public string? Picture { get; init; }

    /// <summary>The language, a BCP 47 tag.</summary>
    [JsonPropertyName("locale")]
    public string? Locale { get; init; }

    /// <summary>The address of the user's page.</summary>
    [JsonPropertyName("profile")]
    public string? Profile { get; init; }

    /// <summary>Nothing: a case built from a recording may hold somebody's data.</summary>
    public override string ToString() => "identity [redacted]";
}
