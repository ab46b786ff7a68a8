using Cambio.Providers;

namespace Cambio.Identities;

/// <summary>Whether a provider's verified flag is good enough to link accounts by an address.</summary>
internal static class EmailTrust
{
    private const string ClaimPrefix = "claim:";

    public static bool Covers(TextList trust, string email, AnswerScope scope)
    {
        string domain = email[(email.LastIndexOf('@') + 1)..];
        return trust.Any(entry =>
            entry == "verified"
            || (entry.StartsWith(ClaimPrefix, StringComparison.Ordinal) && NamesDomain(scope, entry[ClaimPrefix.Length..], domain))
            || entry.Equals(domain, StringComparison.OrdinalIgnoreCase));
    }

    // An ID token's claim counts where the profile answer does not repeat it.
    private static bool NamesDomain(AnswerScope scope, string claim, string domain) =>
        (scope.Read(claim) ?? scope.Read($"id_token.{claim}")) is { } element && domain.Equals(JsonText.Of(element), StringComparison.OrdinalIgnoreCase);
}
