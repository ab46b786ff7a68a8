using System.Text.Json.Serialization;

namespace Cambio.Providers;

/// <summary>
/// Where each OpenID Connect claim stands in a provider's answers: a list, of which the first that is present counts. Each item is
/// a path (<c>data.user.id</c>, <c>items.0</c>, <c>emails[primary=true].email</c>; first segment <c>token</c>, <c>id_token</c>,
/// <c>proof</c>, <c>form</c> or a call's name reads that answer), a template (<c>https://x/{id}.png</c>), or a constant (<c>=true</c>);
/// behind a <c>|</c> one of the transforms that <c>catalog/README.md</c> lists.
/// </summary>
public sealed record ClaimsDefinition
{
    /// <summary>The stable id of the user, never reassigned. Absent: <c>sub</c>.</summary>
    [JsonPropertyName("sub")]
    public TextList? Sub { get; init; }

    /// <summary>The handle that the user goes by.</summary>
    [JsonPropertyName("preferred_username")]
    public TextList? PreferredUsername { get; init; }

    /// <summary>The full name.</summary>
    [JsonPropertyName("name")]
    public TextList? Name { get; init; }

    /// <summary>The given name.</summary>
    [JsonPropertyName("given_name")]
    public TextList? GivenName { get; init; }

    /// <summary>The family name.</summary>
    [JsonPropertyName("family_name")]
    public TextList? FamilyName { get; init; }

    /// <summary>The e-mail address.</summary>
    [JsonPropertyName("email")]
    public TextList? Email { get; init; }

    /// <summary>Whether the provider saw that the user holds that address. Absent: not.</summary>
    [JsonPropertyName("email_verified")]
    public TextList? EmailVerified { get; init; }

    /// <summary>The address of a picture.</summary>
    [JsonPropertyName("picture")]
    public TextList? Picture { get; init; }

    /// <summary>The language, a BCP 47 tag.</summary>
    [JsonPropertyName("locale")]
    public TextList? Locale { get; init; }

    /// <summary>The address of the user's page.</summary>
    [JsonPropertyName("profile")]
    public TextList? Profile { get; init; }
}
