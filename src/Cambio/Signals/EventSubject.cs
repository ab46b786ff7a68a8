using System.Text.Json;
using Cambio.Credentials;
using Cambio.Providers;

namespace Cambio.Signals;

/// <summary>Whom a security event is about: an issuer and a subject (RFC 9493 3.2.1), never an address or a number that others may have got since.</summary>
internal static class EventSubject
{
    /// <summary>The provider's id of the user, or null where the event names nobody that a login can be found by.</summary>
    /// <param name="source">Where the token came to.</param>
    /// <param name="claims">The token's claims, already verified.</param>
    /// <param name="payload">What the token says of the event.</param>
    public static string? Of(SignalSource source, JsonElement claims, JsonElement payload)
    {
        if (source.Definition.Subject is { } path)
        {
            return SubjectText.Of(ProviderPath.Parse(path).Read(claims));
        }

        // RFC 9493 4.1 names the subject in the token; drafts that are in use name it in the event, and write the format otherwise.
        return claims.TryGetProperty("sub_id", out JsonElement subject) ? IssuerAndSubject(source, subject)
            : payload.TryGetProperty("subject", out JsonElement older) ? IssuerAndSubject(source, older)
            : SubjectText.Of(claims, "sub");
    }

    private static string? IssuerAndSubject(SignalSource source, JsonElement subject) =>
        subject.ValueKind == JsonValueKind.Object
        && (JsonText.Member(subject, "format") ?? JsonText.Member(subject, "subject_type")) is "iss_sub" or "iss-sub"
        && SignalToken.IsOurs(source, subject)
            ? SubjectText.Of(subject, "sub")
            : null;
}
