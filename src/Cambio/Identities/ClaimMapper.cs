using System.Text.Json;
using Cambio.Providers;

namespace Cambio.Identities;

/// <summary>Reads the ten OpenID Connect claims from a provider's answers, as its definition says where they stand.</summary>
internal static class ClaimMapper
{
    private static readonly ClaimsDefinition Standard = new();

    public static MappedClaims Map(ClaimsDefinition? definition, AnswerScope scope)
    {
        ClaimsDefinition d = definition ?? Standard;
        return new MappedClaims
        {
            Subject = ReadSubject(d.Sub ?? ["sub"], scope),
            PreferredUsername = CleanText.ShortName(Read(d.PreferredUsername, "preferred_username", scope)),
            Name = CleanText.Name(Read(d.Name, "name", scope)),
            GivenName = CleanText.ShortName(Read(d.GivenName, "given_name", scope)),
            FamilyName = CleanText.ShortName(Read(d.FamilyName, "family_name", scope)),
            Email = CleanText.Email(Read(d.Email, "email", scope)),
            EmailVerified = Read(d.EmailVerified, "email_verified", scope) is "true" or "1",
            Picture = CleanText.WebAddress(Read(d.Picture, "picture", scope)),
            Locale = CleanText.LanguageTag(Read(d.Locale, "locale", scope)),
            Profile = CleanText.WebAddress(Read(d.Profile, "profile", scope)),
        };
    }

    private static string? Read(TextList? sources, string standard, AnswerScope scope)
    {
        if (sources is null)
        {
            return scope.Read(standard) is { } element ? NonEmpty(JsonText.Of(element)) : null;
        }

        foreach (string source in sources)
        {
            if (NonEmpty(ClaimSource.Parse(source).ReadText(scope)) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    // The first source that is there at all decides: an empty or zero id is refused, never passed over for a weaker one.
    private static string? ReadSubject(TextList sources, AnswerScope scope)
    {
        foreach (string source in sources)
        {
            if (ClaimSource.Parse(source).ReadSubject(scope) is { } subject)
            {
                return Subject.IsValid(subject) ? subject : null;
            }
        }

        return null;
    }

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
