using System.Text.Json.Serialization;
using Cambio.Storage;

namespace Cambio.AspNetCore.Answers;

/// <summary>The user, in OpenID Connect's words (Core 5.1).</summary>
internal sealed record UserAnswer(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("preferred_username")] string? PreferredUsername,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("given_name")] string? GivenName,
    [property: JsonPropertyName("family_name")] string? FamilyName,
    [property: JsonPropertyName("email")] string? Email,
    [property: JsonPropertyName("email_verified")] bool? EmailVerified,
    [property: JsonPropertyName("picture")] string? Picture,
    [property: JsonPropertyName("locale")] string? Locale,
    [property: JsonPropertyName("profile")] string? Profile)
{
    public static UserAnswer From(Account account) => new(
        account.User.Id,
        account.PreferredUsername,
        account.Name,
        account.GivenName,
        account.FamilyName,
        account.Email,
        account.Email is null ? null : account.EmailVerified,
        account.Picture,
        account.Locale,
        account.Profile);
}
